import { useRef, type KeyboardEvent } from 'react';

interface TabsProps<T extends string> {
  /** The panel has the id `${id}-panel` and is labelled by `${id}-${chosen}`. */
  readonly id: string;
  readonly label: string;
  readonly tabs: readonly T[];
  readonly titles: Readonly<Record<T, string>>;
  readonly chosen: T;
  readonly onChoose: (tab: T) => void;
  readonly testId: string;
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** Parts of a dialog, one at a time; arrow keys go from one to the next. */
export function Tabs<T extends string>({ id, label, tabs, titles, chosen, onChoose, testId }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const next = step === undefined ? undefined : tabs[(tabs.indexOf(chosen) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`${id}-${tab}`}
          className="tab"
          aria-selected={tab === chosen}
          aria-controls={tab === chosen ? `${id}-panel` : undefined}
          tabIndex={tab === chosen ? 0 : -1}
          data-tab={tab}
          data-testid={`${testId}-${tab}`}
          onClick={() => onChoose(tab)}
        >
          {titles[tab]}
        </button>
      ))}
    </div>
  );
}
