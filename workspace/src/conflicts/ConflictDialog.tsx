import type { Conflict, JsonValue } from '@chorale/client';
import { useConflicts } from '@chorale/client/react';
import { useEffect, useId, useRef, useState, type FormEvent } from 'react';
import { messages } from '../app/messages';
import { Avatar } from '../presence/Avatar';
import { registerName } from '../session/wording';
import { useDocument, useParticipants, useSelfUser, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { OptionSign, OwnValue, shownValue, stored, Value } from './ChoiceParts';
import { concerns, othersIn, questionOf, valueFrom, type Chosen, type Side } from './choices';

const text = messages.conflict;

/** Asks about the conflicts that are one's own to decide, one after the other. Somebody else's choice takes the question away. */
export function ConflictDialogs() {
  const conflicts = useConflicts();
  const userId = useSelfUser();
  const aside = useWorkspaceState((state) => state.aside);
  const asked = [...conflicts.values()].find((conflict) => concerns(conflict, userId) && !aside.has(conflict.id));
  return asked === undefined ? null : <ConflictDialog key={asked.id} conflict={asked} userId={userId} />;
}

interface Option {
  readonly key: string;
  readonly label: string;
  readonly side: Side | undefined;
  readonly value: JsonValue | undefined;
  /** Undefined for the value that is typed in. */
  readonly chosen: Chosen | undefined;
}

function ConflictDialog({ conflict, userId }: { readonly conflict: Conflict; readonly userId: string | undefined }) {
  const workspace = useWorkspace();
  const document = useDocument();
  useParticipants();
  const { id, element, path } = conflict;
  const nameOf = (user: string | undefined, told?: string) => workspace.acquaintance(user, told).name;
  const question = questionOf(conflict, userId);
  const [picked, setPicked] = useState<string>();
  const [fields, setFields] = useState<readonly string[]>(question.kind === 'vector' ? ['', '', ''] : ['']);
  const [invalid, setInvalid] = useState(false);
  const lead = useRef<HTMLParagraphElement>(null);
  const group = useId();

  // It comes unasked, perhaps while somebody presses keys: no key may choose before they have read it.
  useEffect(() => lead.current?.focus(), []);

  const options = optionsOf(question, nameOf);
  const chosen = options.find(({ key }) => key === picked);
  const what = registerName(document, element, path);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === undefined) return;
    const typed = chosen.chosen ? undefined : stored(valueFrom(question.kind, fields), path[0]);
    if (chosen.chosen) workspace.decide(id, chosen.chosen);
    else if (typed === undefined) setInvalid(true);
    else workspace.decide(id, { choice: 'VALUE', value: typed });
  };

  return (
    <Dialog title={text.title(othersIn(conflict, userId, nameOf), what)} onDismiss={() => workspace.putAside(id)} testId="conflict-dialog">
      <form onSubmit={submit} noValidate data-conflict={id}>
        <p className="dialog-lead" ref={lead} tabIndex={-1}>
          {text.lead}
        </p>
        <div className="options" role="radiogroup" aria-label={text.values}>
          {options.map((option) => (
            <label key={option.key} className="option" data-testid={`option-${option.key}`} data-value={option.value === undefined ? undefined : JSON.stringify(option.value)}>
              <input type="radio" name={group} value={option.key} checked={picked === option.key} onChange={() => setPicked(option.key)} />
              <OptionFace option={option} />
              {option.chosen ? (
                <Value value={option.value} text={shownValue(option.value, path)} />
              ) : (
                <OwnValue
                  kind={question.kind}
                  fields={fields}
                  invalid={invalid}
                  degrees={path[0] === 'rotation'}
                  onFocus={() => setPicked(option.key)}
                  onChange={(next) => {
                    setFields(next);
                    setInvalid(false);
                  }}
                />
              )}
            </label>
          ))}
        </div>
        {invalid && question.kind !== 'other' && (
          <p className="field-error option-error" role="alert" id={`${group}-error`}>
            {text.invalid[question.kind]}
          </p>
        )}
        <div className="dialog-actions">
          <Button onClick={() => workspace.putAside(id)} data-testid="conflict-later">
            {text.later}
          </Button>
          <Button tone="primary" type="submit" disabled={chosen === undefined} data-testid="conflict-use">
            {text.use}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function optionsOf({ mine, theirs, average, kind }: ReturnType<typeof questionOf>, nameOf: (user: string | undefined, told?: string) => string): readonly Option[] {
  return [
    ...(mine ? [{ key: 'mine', label: text.mine, side: mine, value: mine.value, chosen: mine.chosen }] : []),
    ...theirs.map((side, index) => ({
      key: theirs.length === 1 ? 'theirs' : `theirs-${index + 1}`,
      label: text.theirs(nameOf(side.userId, side.name)),
      side,
      value: side.value,
      chosen: side.chosen,
    })),
    ...(average === undefined ? [] : [{ key: 'average', label: text.average, side: undefined, value: average, chosen: { choice: 'AVERAGE' } as const }]),
    ...(kind === 'other' ? [] : [{ key: 'other', label: text.other, side: undefined, value: undefined, chosen: undefined }]),
  ];
}

function OptionFace({ option: { label, side, chosen } }: { readonly option: Option }) {
  const workspace = useWorkspace();
  const person = side && workspace.acquaintance(side.userId, side.name);
  return (
    <span className="option-face">
      {person ? <Avatar name={person.name} color={person.color} /> : <OptionSign icon={chosen ? 'average' : 'pencil'} />}
      <span>
        {label}
        {side?.present && <span className="option-note">{text.now}</span>}
      </span>
    </span>
  );
}
