import { createSession, ProblemError, type SessionKind } from '@chorale/client';
import { useId, useState, type FormEvent } from 'react';
import { account } from '../account/present';
import { messages } from '../app/messages';
import { navigate } from '../app/router';
import { sessionPath } from '../app/routes';
import { browserStorage } from '../app/storage';
import { DropTarget } from '../transfer/DropTarget';
import { chooseFile } from '../transfer/importFile';
import { importWhenJoined } from '../transfer/pendingImport';
import { readFile, type SessionFile } from '../transfer/sessionFile';
import { Button, IconButton } from '../ui/Button';
import { Switch, TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { rememberOwnerKey } from './ownerKeys';
import { templateMessages } from './messages';
import { rememberVisit } from './recentSessions';
import { templateNamed, templatesOf } from './templates';

const text = messages.start;
const MOST_PEOPLE = 1000;
const KINDS = ['scene', 'parameters'] as const satisfies readonly SessionKind[];
type Kind = (typeof KINDS)[number];
const KIND_ICONS = { scene: 'box', parameters: 'sliders' } as const;

type Creation = { readonly status: 'editing' } | { readonly status: 'creating' } | { readonly status: 'failed'; readonly what: string; readonly reason: string };

/** What the session is to begin with. */
interface Source {
  readonly fileName: string;
  readonly file: SessionFile;
}

export function NewSession() {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('scene');
  const [people, setPeople] = useState('');
  const [listed, setListed] = useState(false);
  const [source, setSource] = useState<Source>();
  const [templateId, setTemplateId] = useState('');
  const template = source ? undefined : templateNamed(templateId);
  const [creation, setCreation] = useState<Creation>({ status: 'editing' });
  const maxUsers = people.trim() === '' ? undefined : Number(people);
  const peopleInvalid = maxUsers !== undefined && !(Number.isInteger(maxUsers) && maxUsers >= 1 && maxUsers <= MOST_PEOPLE);

  const create = async () => {
    setCreation({ status: 'creating' });
    const sessionName = name.trim() || (template?.name ?? text.defaultNameOf[kind]);
    try {
      // A guest acts as the owner by the key that the answer tells.
      const who = account.user ? { token: await account.token() } : {};
      const request = {
        name: sessionName,
        kind,
        visibility: listed ? 'public' : 'link',
        ...(maxUsers !== undefined && { maxUsers }),
      } as const;
      const created = await createSession(window.location.origin, request, who);
      rememberOwnerKey(browserStorage, created.sessionId, created.ownerKey, account.user !== undefined);
      rememberVisit(browserStorage, created.sessionId, sessionName, Date.now());
      const content = source?.file ?? template?.file;
      if (content) importWhenJoined(created.sessionId, content);
      navigate(sessionPath(created.sessionId));
    } catch (failure) {
      const reason = failure instanceof ProblemError && failure.problem.status < 500 ? (failure.problem.detail ?? failure.problem.title) : text.unreachable;
      setCreation({ status: 'failed', what: text.failed, reason });
    }
  };
  const beginWith = async (chosen: File) => {
    const reading = await readFile(chosen);
    if ('refusal' in reading) {
      setCreation({ status: 'failed', what: messages.transfer.refused, reason: messages.transfer.reasons[reading.refusal] });
      return;
    }
    const { file } = reading;
    const known = KINDS.find((each) => each === file.kind);
    if (known === undefined) {
      setCreation({ status: 'failed', what: messages.transfer.refused, reason: messages.transfer.reasons.newer });
      return;
    }
    setCreation({ status: 'editing' });
    setSource({ fileName: chosen.name, file });
    setKind(known);
    setName(file.name);
  };
  const chooseKind = (next: Kind) => {
    setKind(next);
    setTemplateId('');
  };
  const choose = async () => {
    const chosen = await chooseFile();
    if (chosen) await beginWith(chosen);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!peopleInvalid && creation.status !== 'creating') void create();
  };

  return (
    <form className="card new-session" onSubmit={submit} aria-label={text.newSession} data-testid="new-session" noValidate>
      <h2>{text.newSession}</h2>
      <DropTarget label={messages.transfer.dropStart} onFiles={([file]) => file && void beginWith(file)} />
      {source ? <Contents source={source} onLeaveOut={() => setSource(undefined)} /> : <KindChoice kind={kind} onChange={chooseKind} />}
      {!source && <TemplateChoice kind={kind} chosen={templateId} onChange={setTemplateId} />}
      <TextField label={text.name} placeholder={text.namePlaceholder} value={name} maxLength={120} onChange={(event) => setName(event.currentTarget.value)} data-testid="new-session-name" />
      <TextField
        label={text.maxUsers}
        hint={text.maxUsersHint}
        error={peopleInvalid ? text.maxUsersInvalid : undefined}
        value={people}
        inputMode="numeric"
        onChange={(event) => setPeople(event.currentTarget.value)}
        data-testid="new-session-max-users"
      />
      <Switch label={text.listed} hint={text.listedHint} checked={listed} onChange={setListed} testId="new-session-public" />
      {creation.status === 'failed' && (
        <p className="form-error" role="alert" data-testid="new-session-error">
          <strong>{creation.what}</strong> {creation.reason}
        </p>
      )}
      <Button tone="primary" type="submit" className="button-large" disabled={creation.status === 'creating' || peopleInvalid} data-testid="new-session-create">
        {creation.status === 'creating' ? text.creating : text.create}
      </Button>
      {!source && (
        <Button icon="upload" className="new-session-file" onClick={() => void choose()} data-testid="new-session-file">
          {messages.transfer.fromFile}
        </Button>
      )}
    </form>
  );
}

function Contents({ source: { fileName, file }, onLeaveOut }: { readonly source: Source; readonly onLeaveOut: () => void }) {
  const { transfer } = messages;
  return (
    <p className="new-session-source" data-testid="new-session-source">
      <Icon name="upload" />
      <span>{transfer.contents(file.elements.length, fileName)}</span>
      <IconButton icon="close" label={transfer.leaveOut} hint="none" className="icon-button-small" onClick={onLeaveOut} />
    </p>
  );
}

function KindChoice({ kind, onChange }: { readonly kind: Kind; readonly onChange: (kind: Kind) => void }) {
  const name = useId();
  return (
    <fieldset className="kinds" data-testid="new-session-kind">
      <legend className="field-label">{text.kind}</legend>
      {KINDS.map((each) => (
        <label key={each} className="kind" data-testid={`kind-${each}`}>
          <input type="radio" name={name} value={each} checked={kind === each} onChange={() => onChange(each)} />
          <Icon name={KIND_ICONS[each]} size={22} />
          <span>
            <strong>{text.kinds[each]}</strong>
            <span>{text.kindDetails[each]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function TemplateChoice({ kind, chosen, onChange }: { readonly kind: Kind; readonly chosen: string; readonly onChange: (id: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{templateMessages.begin}</label>
      <span className="select">
        <select id={id} value={chosen} onChange={(event) => onChange(event.currentTarget.value)} data-testid="new-session-template">
          <option value="">{kind === 'scene' ? templateMessages.nothing : templateMessages.usual}</option>
          {templatesOf(kind).map((template) => (
            <option key={template.id} value={template.id}>
              {template.name}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={18} />
      </span>
    </div>
  );
}
