import type { ElementView } from '@chorale/client';
import { useId, useState, type FormEvent } from 'react';
import { messages } from '../app/messages';
import { useWorkspace } from '../session/WorkspaceContext';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Switch, TextField } from '../ui/Field';
import { adding, draftOf, errorsIn, LONGEST_NAME, NEW_DRAFT, redefining, removing, type Draft, type DraftErrors, type DraftField } from './definition';
import { parameterMessages, plain } from './messages';
import { parameterName, type Parameter } from './parameterSet';

const text = parameterMessages.definition;
const KINDS = ['number', 'toggle'] as const satisfies readonly Parameter['kind'][];
/** In the order of the form: the first one that is wrong gets the focus. */
const FIELDS = ['name', 'symbol', 'unit', 'min', 'max', 'step', 'value'] as const satisfies readonly DraftField[];

interface DefinitionProps {
  readonly element: ElementView;
  /** The one to edit; a new one where absent. */
  readonly parameter?: Parameter | undefined;
  readonly onClose: () => void;
}

/** Asks how a parameter is called, and what it can be. */
export function DefinitionDialog({ element, parameter, onClose }: DefinitionProps) {
  const workspace = useWorkspace();
  const isNew = parameter === undefined;
  // What others change meanwhile does not run into what one is writing.
  const [original] = useState(parameter);
  const [draft, setDraft] = useState<Draft>(() => (original ? draftOf(original, plain) : { ...NEW_DRAFT, min: plain(0), step: plain(0.1) }));
  const [errors, setErrors] = useState<DraftErrors>({});
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in part))));
  };
  const field = (name: DraftField) => ({
    name,
    value: draft[name],
    error: errors[name],
    onChange: (event: { readonly currentTarget: HTMLInputElement }) => change({ [name]: event.currentTarget.value }),
    'data-testid': `definition-${name}`,
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = errorsIn(draft, isNew ? new Set(Object.keys(element.props)) : undefined);
    setErrors(found);
    const wrong = FIELDS.find((each) => found[each] !== undefined);
    if (wrong !== undefined) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    const operations = original ? redefining(element, original, draft) : adding(element.id, draft);
    if (operations.length === 0 || workspace.edit(operations) !== undefined) onClose();
  };

  const remove = () => {
    onClose();
    if (original === undefined) return;
    const changeId = workspace.edit(removing(element.id, original.name));
    if (changeId === undefined) return;
    const { list } = parameterMessages;
    workspace.notify({ tone: 'neutral', title: list.removed(parameterName(original.name)), action: { label: list.undo, run: () => workspace.undo(changeId) } });
  };

  const isNumber = draft.kind === 'number';
  return (
    <Dialog title={original ? text.editTitle(parameterName(original.name)) : text.addTitle} onDismiss={onClose} testId="definition-dialog">
      <form className="definition" onSubmit={submit} noValidate>
        <p className="dialog-lead">{isNew ? text.addLead : text.editLead}</p>
        {isNew && <TextField label={text.name} placeholder={text.namePlaceholder} maxLength={LONGEST_NAME} {...field('name')} />}
        {isNew && <KindChoice kind={draft.kind} onChange={(kind) => change({ kind })} />}
        <div className="definition-fields" data-columns="2">
          <TextField label={text.symbol} placeholder={text.symbolPlaceholder} maxLength={8} {...field('symbol')} />
          {isNumber && <TextField label={text.unit} placeholder={text.unitPlaceholder} maxLength={16} {...field('unit')} />}
        </div>
        {isNumber && (
          <div className="definition-fields" data-columns="3">
            <TextField label={text.min} inputMode="text" {...field('min')} />
            <TextField label={text.max} inputMode="text" {...field('max')} />
            <TextField label={text.step} inputMode="decimal" {...field('step')} />
          </div>
        )}
        {isNew && isNumber && <TextField label={text.value} inputMode="text" {...field('value')} />}
        {isNew && !isNumber && <Switch label={text.startsOn} hint={text.startsOnHint} checked={draft.on} onChange={(on) => change({ on })} testId="definition-on" />}
        <div className="dialog-actions">
          {!isNew && (
            <Button tone="danger" icon="trash" className="definition-remove" onClick={remove} data-testid="definition-remove">
              {text.remove}
            </Button>
          )}
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button tone="primary" type="submit" data-testid="definition-save">
            {isNew ? text.add : text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function KindChoice({ kind, onChange }: { readonly kind: Parameter['kind']; readonly onChange: (kind: Parameter['kind']) => void }) {
  const group = useId();
  return (
    <fieldset className="segments">
      <legend className="field-label">{text.kind}</legend>
      <div className="segments-row">
        {KINDS.map((each) => (
          <label key={each} className="segment" data-testid={`definition-kind-${each}`}>
            <input type="radio" name={group} checked={kind === each} onChange={() => onChange(each)} />
            <span>{text.kinds[each]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
