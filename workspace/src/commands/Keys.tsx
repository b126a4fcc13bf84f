import { messages } from '../app/messages';
import { capsOf } from './keys';

/** Keys as caps; several ways to the same with a word between them. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="keys">
      {keys.map((each, index) => (
        <span key={each} className="keys-way">
          {index > 0 && <span className="keys-or">{messages.keys.or}</span>}
          {capsOf(each).map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
