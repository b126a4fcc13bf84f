import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { messages } from '../app/messages';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import type { Command } from './command';
import { useCommandCentre } from './commandCentre';
import { Keys } from './Keys';
import { matching, sectionsOf } from './matching';

const text = messages.commands;
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Everything that can be done now, found by typing. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const centre = useCommandCentre();
  // What is possible is decided when it opens: nothing is edited meanwhile.
  const [possible] = useState(() => centre.getState().commands.filter(({ id, isPossible }) => id !== 'palette' && isPossible?.() !== false));
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const sections = useMemo(() => sectionsOf(matching(possible, query)), [possible, query]);
  const found = sections.flatMap(({ commands }) => commands);
  const chosen = found[at];
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const optionId = (command: Command) => `${id}-${command.id}`;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, query]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const pressed = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    }
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(chosen);
    }
  };

  return (
    <Dialog title={text.title} hideTitle onDismiss={onClose} testId="palette" className="palette">
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && optionId(chosen)}
          aria-autocomplete="list"
          aria-label={text.find}
          placeholder={text.placeholder}
          autoComplete="off"
          spellCheck={false}
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={pressed}
          data-testid="palette-field"
        />
      </div>
      <p className="visually-hidden" role="status">
        {text.count(found.length)}
      </p>
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={text.results} tabIndex={-1} ref={list} hidden={found.length === 0}>
        {sections.map(({ section, commands }) => (
          <div key={section} role="group" aria-labelledby={`${id}-${section}-title`}>
            <div className="palette-section" id={`${id}-${section}-title`} role="presentation">
              {text.sections[section]}
            </div>
            {commands.map((command) => (
              <div
                key={command.id}
                id={optionId(command)}
                role="option"
                aria-selected={command === chosen}
                className="palette-command"
                data-testid="palette-command"
                data-command={command.id}
                onPointerMove={() => setAt(found.indexOf(command))}
                onClick={() => run(command)}
              >
                <span>{command.title}</span>
                {command.keys && <Keys keys={command.keys.slice(0, 1)} />}
              </div>
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p className="palette-none" data-testid="palette-none">
          <strong>{text.none}</strong>
          <span>{text.noneDetail}</span>
        </p>
      )}
    </Dialog>
  );
}
