import { chooseLanguage, language, LANGUAGES } from '../app/language';
import { messages } from '../app/messages';

const text = messages.language;

/** Each language by its own name; choosing one loads the page in it. */
export function LanguageChoice() {
  return (
    <div className="language-choice" role="group" aria-label={text.label} data-testid="language">
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          aria-label={text.names[each]}
          onClick={() => {
            if (each !== language) chooseLanguage(each);
          }}
          data-testid={`language-${each}`}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </div>
  );
}
