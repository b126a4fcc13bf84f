import { ProblemError, readSession, updateSession, type DocumentView, type PolicySettings } from '@chorale/client';
import { useEffect, useId, useMemo, useState, type FormEvent, type ReactNode } from 'react';
import { messages } from '../app/messages';
import { parameterMessages } from '../parameters/messages';
import { isDefinition, isReserved, PARAMETERS } from '../parameters/parameterSet';
import { useDocument, useWorkspace } from '../session/WorkspaceContext';
import { actorIn } from '../sharing/manage';
import '../styles/policy.css';
import { Button, IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Switch, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { Spinner } from '../ui/Spinner';
import {
  BLENDS,
  exceptionFor,
  isBesidesThePoint,
  isBuiltIn,
  LONGEST_WINDOW,
  MOST_RULES,
  propertyLabel,
  rulesOf,
  settingsOf,
  STRATEGIES,
  subjectOf,
  typeWord,
  type Rule,
  type Rules,
  type Treatment,
} from './policyRules';

const text = parameterMessages.policy;
const ANY = '*';
const SCENE_TYPES = ['box', 'sphere', 'cylinder', 'cone', 'label'] as const;
const SCENE_PROPERTIES = ['position', 'rotation', 'scale', 'color', 'name', 'text'] as const;

interface EditorProps {
  readonly onClose: () => void;
}

type Reading = { readonly status: 'reading' } | { readonly status: 'failed'; readonly reason: string } | { readonly status: 'read'; readonly rules: Rules };

/** Reads the session's policy from the server, and shows it for editing. */
export function PolicyEditor({ onClose }: EditorProps) {
  const workspace = useWorkspace();
  const { session } = workspace;
  const [reading, setReading] = useState<Reading>({ status: 'reading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let left = false;
    const read = (next: Reading) => {
      if (!left) setReading(next);
    };
    actorIn(workspace).then((caller) => readSession(window.location.origin, session.sessionId, caller)).then(
      ({ conflictPolicy }) => read({ status: 'read', rules: rulesOf(conflictPolicy) }),
      (failure: unknown) => read({ status: 'failed', reason: reasonOf(failure) }),
    );
    return () => {
      left = true;
    };
  }, [workspace, session, attempt]);

  return (
    <Dialog title={text.title} onDismiss={onClose} testId="policy-dialog">
      <p className="dialog-lead">{text.lead}</p>
      {reading.status === 'reading' && (
        <div className="policy-reading">
          <Spinner label={text.loading} />
        </div>
      )}
      {reading.status === 'failed' && (
        <>
          <p className="form-error" role="alert">
            <strong>{text.loadFailed}</strong> {reading.reason}
          </p>
          <div className="dialog-actions">
            <Button onClick={onClose}>{messages.close}</Button>
            <Button
              tone="primary"
              onClick={() => {
                setReading({ status: 'reading' });
                setAttempt(attempt + 1);
              }}
            >
              {messages.retry}
            </Button>
          </div>
        </>
      )}
      {reading.status === 'read' && <PolicyForm stored={reading.rules} onClose={onClose} />}
    </Dialog>
  );
}

type Saving = { readonly status: 'editing' } | { readonly status: 'saving' } | { readonly status: 'failed'; readonly reason: string };

function PolicyForm({ stored, onClose }: EditorProps & { readonly stored: Rules }) {
  const workspace = useWorkspace();
  const [rules, setRules] = useState(stored);
  // Windows as they are typed: what is no number yet must not be lost under the fingers.
  const [badWindows, setBadWindows] = useState<ReadonlySet<string>>(new Set());
  const [saving, setSaving] = useState<Saving>({ status: 'editing' });
  const { exceptions } = rules;
  const document = useDocument();
  const shown = exceptions.filter((rule) => !isBesidesThePoint(rule, hasParametersIn(document)));

  const save = async (policy: PolicySettings) => {
    setSaving({ status: 'saving' });
    try {
      await updateSession(window.location.origin, workspace.session.sessionId, await actorIn(workspace), { conflictPolicy: policy });
      onClose();
      workspace.notify({ tone: 'neutral', about: 'policy', title: text.saved });
    } catch (failure) {
      setSaving({ status: 'failed', reason: reasonOf(failure) });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (badWindows.size === 0 && saving.status !== 'saving') void save(settingsOf(rules));
  };
  const change = (name: string, part: Partial<Treatment>) => {
    setRules({ ...rules, exceptions: exceptions.map((rule) => (rule.name === name ? { ...rule, ...part } : rule)) });
  };
  const markWindow = (name: string, isBad: boolean) => {
    if (badWindows.has(name) !== isBad) setBadWindows(isBad ? new Set([...badWindows, name]) : new Set([...badWindows].filter((each) => each !== name)));
  };
  const remove = (name: string) => {
    setRules({ ...rules, exceptions: exceptions.filter((rule) => rule.name !== name) });
    markWindow(name, false);
  };

  return (
    <form className="policy" onSubmit={submit} noValidate>
      <section className="policy-part" aria-labelledby="policy-usual">
        <h3 id="policy-usual">{text.usualCase}</h3>
        <TreatmentFields
          treatment={rules.usual}
          about={text.everything}
          testId="policy-usual"
          onChange={(part) => setRules({ ...rules, usual: { ...rules.usual, ...part } })}
          onWindow={(isBad) => markWindow(`${ANY}.${ANY}`, isBad)}
        />
      </section>
      <section className="policy-part" aria-labelledby="policy-exceptions">
        <h3 id="policy-exceptions">{text.rules}</h3>
        {shown.length === 0 && <p className="field-hint">{text.noRules}</p>}
        <ul className="policy-rules">
          {shown.map((rule) => (
            <ExceptionRow key={rule.name} rule={rule} onChange={(part) => change(rule.name, part)} onWindow={(isBad) => markWindow(rule.name, isBad)} onRemove={() => remove(rule.name)} />
          ))}
        </ul>
        <NewException exceptions={exceptions} onAdd={(rule) => setRules({ ...rules, exceptions: [...exceptions, rule] })} />
      </section>
      {saving.status === 'failed' && (
        <p className="form-error" role="alert" data-testid="policy-error">
          <strong>{text.failed}</strong> {saving.reason}
        </p>
      )}
      <div className="dialog-actions policy-actions">
        <button type="button" className="text-button policy-usual-rules" disabled={saving.status === 'saving'} onClick={() => void save({})} data-testid="policy-reset">
          {text.usual}
        </button>
        <Button onClick={onClose}>{messages.cancel}</Button>
        <Button tone="primary" type="submit" disabled={saving.status === 'saving' || badWindows.size > 0} data-testid="policy-save">
          {saving.status === 'saving' ? text.saving : text.save}
        </Button>
      </div>
    </form>
  );
}

interface ExceptionProps {
  readonly rule: Rule;
  readonly onChange: (part: Partial<Treatment>) => void;
  readonly onWindow: (isBad: boolean) => void;
  readonly onRemove: () => void;
}

function ExceptionRow({ rule, onChange, onWindow, onRemove }: ExceptionProps) {
  const subject = subjectOf(rule.name);
  return (
    <li className="policy-rule" data-testid="policy-rule" data-name={rule.name} data-strategy={rule.strategy}>
      <div className="policy-rule-head">
        <strong>
          <bdi>{subject}</bdi>
        </strong>
        {!isBuiltIn(rule.name) && (
          <IconButton icon="trash" label={text.remove(subject)} hint="none" className="icon-button-small" onClick={onRemove} data-testid={`policy-remove-${rule.name}`} />
        )}
      </div>
      <TreatmentFields treatment={rule} about={subject} testId={`policy-${rule.name}`} onChange={onChange} onWindow={onWindow} />
    </li>
  );
}

interface TreatmentProps {
  readonly treatment: Treatment;
  readonly about: string;
  readonly testId: string;
  readonly onChange: (part: Partial<Treatment>) => void;
  readonly onWindow: (isBad: boolean) => void;
}

function TreatmentFields({ treatment, about, testId, onChange, onWindow }: TreatmentProps) {
  const { strategy, blend, windowMs, atomic } = treatment;
  const id = useId();
  const [typed, setTyped] = useState(String(windowMs));
  const isBad = windowFrom(typed) === undefined;
  return (
    <>
      <Choice
        label={text.strategyOf(about)}
        value={strategy}
        describedBy={`${id}-meaning`}
        testId={`${testId}-strategy`}
        onChange={(value) => onChange({ strategy: STRATEGIES.find((each) => each === value) ?? strategy })}
      >
        {STRATEGIES.map((each) => (
          <option key={each} value={each}>
            {text.strategies[each]}
          </option>
        ))}
      </Choice>
      <p className="field-hint" id={`${id}-meaning`}>
        {text.meanings[strategy]}
      </p>
      <details className="policy-more">
        <summary>{text.more}</summary>
        <div className="policy-details">
          {strategy === 'MERGE' && (
            <label className="policy-blend">
              <span className="field-label">{text.blend}</span>
              <Choice value={blend} testId={`${testId}-blend`} onChange={(value) => onChange({ blend: BLENDS.find((each) => each === value) ?? blend })}>
                {BLENDS.map((each) => (
                  <option key={each} value={each}>
                    {text.blends[each]}
                  </option>
                ))}
              </Choice>
            </label>
          )}
          <TextField
            label={`${text.window} (${text.windowUnit})`}
            hint={text.windowHint}
            error={isBad ? text.windowInvalid : undefined}
            inputMode="numeric"
            value={typed}
            data-testid={`${testId}-window`}
            onChange={(event) => {
              const next = event.currentTarget.value;
              const windowOf = windowFrom(next);
              setTyped(next);
              onWindow(windowOf === undefined);
              if (windowOf !== undefined) onChange({ windowMs: windowOf });
            }}
          />
          <Switch label={text.whole} hint={text.wholeHint} checked={atomic} onChange={(whole) => onChange({ atomic: whole })} testId={`${testId}-atomic`} />
        </div>
      </details>
    </>
  );
}

function windowFrom(typed: string): number | undefined {
  const number = Number(typed.trim());
  return typed.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= LONGEST_WINDOW ? number : undefined;
}

interface ChoiceProps {
  /** Absent where a label stands around it. */
  readonly label?: string;
  readonly value: string;
  readonly describedBy?: string;
  readonly testId: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

function Choice({ label, value, describedBy, testId, onChange, children }: ChoiceProps) {
  return (
    <span className="select">
      <select aria-label={label} aria-describedby={describedBy} value={value} onChange={(event) => onChange(event.currentTarget.value)} data-testid={testId}>
        {children}
      </select>
      <Icon name="chevron" size={18} />
    </span>
  );
}

function NewException({ exceptions, onAdd }: { readonly exceptions: readonly Rule[]; readonly onAdd: (rule: Rule) => void }) {
  const document = useDocument();
  const offered = useMemo(() => offeredIn(document), [document]);
  const [type, setType] = useState<string>();
  const [property, setProperty] = useState<string>();
  const id = useId();
  const shownType = type ?? offered.keys().next().value ?? ANY;
  const properties = offered.get(shownType) ?? [];
  const hasRule = (each: string) => exceptions.some(({ name }) => name === exceptionFor(shownType, each).name);
  const all = [ANY, ...properties];
  // Where nothing is chosen, the first that there is no exception for yet.
  const shownProperty = all.find((each) => each === property) ?? all.find((each) => !hasRule(each)) ?? ANY;
  const rule = exceptionFor(shownType, shownProperty);
  const isEverything = rule.name === `${ANY}.${ANY}`;
  const exists = hasRule(shownProperty);
  const isFull = exceptions.length >= MOST_RULES - 1;
  const note = isFull ? text.tooMany(MOST_RULES - 1) : exists ? text.exists : undefined;
  return (
    <div className="policy-new" role="group" aria-label={text.add}>
      <label>
        <span className="field-label">{text.addType}</span>
        <Choice value={shownType} testId="policy-new-type" onChange={setType}>
          {[...offered.keys()].map((each) => (
            <option key={each} value={each}>
              {typeWord(each)}
            </option>
          ))}
        </Choice>
      </label>
      <label>
        <span className="field-label">{text.addProperty}</span>
        <Choice value={shownProperty} testId="policy-new-property" onChange={setProperty}>
          {all.map((each) => (
            <option key={each} value={each}>
              {propertyLabel(shownType, each)}
            </option>
          ))}
        </Choice>
      </label>
      <Button
        icon="plus"
        disabled={exists || isEverything || isFull}
        aria-describedby={note ? `${id}-note` : undefined}
        onClick={() => {
          onAdd(rule);
          setProperty(undefined);
        }}
        data-testid="policy-add"
      >
        {text.add}
      </Button>
      {note && (
        <p className="field-hint" id={`${id}-note`} role="status">
          {note}
        </p>
      )}
    </div>
  );
}

/** What exceptions can be about: the kinds of objects there usually are and those in this document, with their properties. */
function offeredIn(document: DocumentView): ReadonlyMap<string, readonly string[]> {
  const hasParameters = hasParametersIn(document);
  const offered = new Map<string, Set<string>>();
  const offer = (type: string, properties: readonly string[]) => {
    const known = offered.get(type) ?? new Set<string>();
    for (const each of properties) known.add(each);
    offered.set(type, known);
  };
  if (!hasParameters) {
    offer(ANY, SCENE_PROPERTIES);
    for (const type of SCENE_TYPES) offer(type, SCENE_PROPERTIES);
  }
  for (const { elementType, props } of document.elements.values()) {
    if (!elementType.includes('.')) offer(elementType, Object.keys(props).filter((name) => elementType !== PARAMETERS || !isReserved(name)));
  }
  if (hasParameters) offer(ANY, []);
  return new Map([...offered].map(([type, properties]) => [type, [...properties].filter((name) => !isDefinition(name))]));
}

function hasParametersIn(document: DocumentView): boolean {
  return [...document.elements.values()].some(({ elementType }) => elementType === PARAMETERS);
}

function reasonOf(failure: unknown): string {
  if (failure instanceof ProblemError && failure.problem.status < 500) return failure.problem.detail ?? failure.problem.title;
  return messages.start.unreachable;
}
