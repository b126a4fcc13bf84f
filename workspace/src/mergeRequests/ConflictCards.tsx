import type { DocumentView, JsonValue } from '@chorale/client';
import type { ChosenMerge, MergeChoice, MergeConflict, MergeDecision, MergeRequest } from '@chorale/client/history';
import { useState, type FormEvent, type ReactNode } from 'react';
import { isHexColor } from '../app/colors';
import { messages } from '../app/messages';
import { OptionSign, OwnValue, stored } from '../conflicts/ChoiceParts';
import { averageOfValues, kindOfValue, valueFrom } from '../conflicts/choices';
import { useSelfUser } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { cellKey, conflictTitle, reasonWords, sideWords } from './conflictWords';
import { proposalWords as text } from './messages';

interface CardsProps {
  readonly document: DocumentView;
  readonly request: MergeRequest;
  readonly conflicts: readonly MergeConflict[];
  /** Choices that do not count any more, by cell: whose they were. */
  readonly lapsed: ReadonlyMap<string, string>;
  readonly disabled: boolean;
  readonly onDecide: (choices: readonly MergeDecision[]) => void;
}

/** What both branches changed, each with the values that may count. */
export function ConflictCards({ document, request, conflicts, lapsed, disabled, onDecide }: CardsProps) {
  const { source, target } = request;
  const decided = conflicts.filter(({ choice }) => choice !== undefined).length;
  const all = (choice: MergeChoice) => onDecide(conflicts.filter(({ choices }) => choices.includes(choice)).map((conflict) => decisionOn(conflict, choice)));
  return (
    <section className="proposal-part proposal-conflicts" data-testid="proposal-conflicts" data-count={conflicts.length} data-decided={decided}>
      <div className="proposal-conflicts-head">
        <h4>{text.conflicts}</h4>
        <span className="proposal-note">{text.decided(decided, conflicts.length)}</span>
      </div>
      <p className="field-hint">{text.conflictsLead(source, target)}</p>
      {conflicts.length > 1 && (
        <div className="proposal-all">
          <Button disabled={disabled} onClick={() => all('OURS')} data-testid="all-ours">
            {text.allOurs(target)}
          </Button>
          <Button disabled={disabled} onClick={() => all('THEIRS')} data-testid="all-theirs">
            {text.allTheirs(source)}
          </Button>
        </div>
      )}
      {conflicts.map((conflict) => (
        <ConflictCard key={cellKey(conflict)} document={document} request={request} conflict={conflict} lapsed={lapsed.get(cellKey(conflict))} disabled={disabled} onDecide={(choice, value) => onDecide([decisionOn(conflict, choice, value)])} />
      ))}
    </section>
  );
}

/** A decision says what it is about: where a value is another one by then, it does not count. */
function decisionOn({ element, cell, name, item, ours, theirs }: MergeConflict, choice: MergeChoice, value?: JsonValue): MergeDecision {
  return {
    element,
    cell,
    ...(name !== undefined && { name }),
    ...(item !== undefined && { item }),
    choice,
    ...(value !== undefined && { value }),
    ...(ours !== undefined && { ours }),
    ...(theirs !== undefined && { theirs }),
  };
}

interface CardProps {
  readonly document: DocumentView;
  readonly request: MergeRequest;
  readonly conflict: MergeConflict;
  readonly lapsed: string | undefined;
  readonly disabled: boolean;
  readonly onDecide: (choice: MergeChoice, value?: JsonValue) => void;
}

function ConflictCard({ document, request: { source, target }, conflict, lapsed, disabled, onDecide }: CardProps) {
  const { choice, choices, base, ours, theirs, element, cell, name } = conflict;
  const title = conflictTitle(conflict, document);
  const words = (value: JsonValue | undefined) => sideWords(conflict, value, document);
  const average = choices.includes('AVERAGE') ? averageOfValues([ours, theirs]) : undefined;
  const option = (kind: MergeChoice, label: string, value: JsonValue | undefined, sign: ReactNode) =>
    choices.includes(kind) && (
      <ChoiceButton label={label} value={value} words={words(value)} sign={sign} chosen={choice?.choice === kind ? choice : undefined} disabled={disabled} testId={`choose-${kind}`} onChoose={() => onDecide(kind)} />
    );
  return (
    <article className="merge-conflict" aria-label={title} data-testid="merge-conflict" data-element-id={element} data-cell={cell} data-name={name} data-choice={choice?.choice}>
      <header>
        <strong>{title}</strong>
        <span className="proposal-note">
          {reasonWords(conflict)}
          {base !== undefined && `. ${text.before(words(base))}`}
        </span>
      </header>
      {lapsed !== undefined && choice === undefined && (
        <p className="merge-lapsed" role="status" data-testid="merge-lapsed">
          <Icon name="warning" size={16} /> {text.lapsed(lapsed)}
        </p>
      )}
      <div className="merge-choices" role="group" aria-label={title}>
        {option('OURS', text.inBranch(target), ours, <BranchSign />)}
        {option('THEIRS', text.inBranch(source), theirs, <BranchSign />)}
        {average !== undefined && option('AVERAGE', text.average, average, <OptionSign icon="average" />)}
        {choices.includes('VALUE') && <OtherValue document={document} conflict={conflict} disabled={disabled} onKeep={(value) => onDecide('VALUE', value)} />}
      </div>
    </article>
  );
}

function BranchSign() {
  return (
    <span className="option-blank" aria-hidden="true">
      <Icon name="branch" size={18} />
    </span>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: JsonValue | undefined;
  readonly words: string;
  readonly sign: ReactNode;
  readonly chosen: ChosenMerge | undefined;
  readonly disabled: boolean;
  readonly testId: string;
  readonly onChoose: () => void;
}

function ChoiceButton({ label, value, words, sign, chosen, disabled, testId, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="option merge-option" aria-pressed={chosen !== undefined} disabled={disabled} onClick={onChoose} data-testid={testId}>
      <span className="option-face">
        {sign}
        <span>
          {label}
          <ChosenBy chosen={chosen} />
        </span>
      </span>
      <span className="option-value">
        {isHexColor(value) && <i className="option-swatch" style={{ backgroundColor: value }} />}
        {words}
      </span>
    </button>
  );
}

function ChosenBy({ chosen }: { readonly chosen: ChosenMerge | undefined }) {
  const self = useSelfUser();
  if (!chosen) return null;
  return <span className="option-note">{chosen.by.userId === self ? text.yourChoice : text.choiceOf(chosen.by.name)}</span>;
}

interface OtherProps {
  readonly document: DocumentView;
  readonly conflict: MergeConflict;
  readonly disabled: boolean;
  readonly onKeep: (value: JsonValue) => void;
}

/** A value that neither branch has. */
function OtherValue({ document, conflict, disabled, onKeep }: OtherProps) {
  const { ours, theirs, name = '', choice } = conflict;
  const kind = kindOfValue(theirs ?? ours);
  const [fields, setFields] = useState<readonly string[]>(kind === 'vector' ? ['', '', ''] : ['']);
  const [invalid, setInvalid] = useState(false);
  if (kind === 'other') return null;
  const chosen = choice?.choice === 'VALUE' ? choice : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const value = stored(valueFrom(kind, fields), name);
    setInvalid(value === undefined);
    if (value !== undefined) onKeep(value);
  };
  return (
    <form className="option merge-option merge-other" onSubmit={submit} data-chosen={chosen !== undefined} noValidate>
      <span className="option-face">
        <OptionSign icon="pencil" />
        <span>
          {text.other}
          {chosen && <span className="option-note">{sideWords(conflict, chosen.value, document)}</span>}
          <ChosenBy chosen={chosen} />
        </span>
      </span>
      <span className="merge-own">
        <OwnValue kind={kind} fields={fields} invalid={invalid} degrees={name === 'rotation'} onFocus={() => undefined} onChange={(next) => (setFields(next), setInvalid(false))} />
        <Button type="submit" disabled={disabled || fields.every((field) => field.trim() === '')} data-testid="choose-VALUE">
          {text.keep}
        </Button>
      </span>
      {invalid && (
        <p className="field-error" role="alert">
          {messages.conflict.invalid[kind]}
        </p>
      )}
    </form>
  );
}
