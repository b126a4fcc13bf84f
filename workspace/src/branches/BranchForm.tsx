import { createBranch, listVersions, type Version } from '@chorale/client/history';
import { useState, type FormEvent } from 'react';
import { navigate } from '../app/router';
import { sessionPath } from '../app/routes';
import { useWorkspace } from '../session/WorkspaceContext';
import { Choice } from '../sharing/Choice';
import { Failure } from '../sharing/Parts';
import { useManaged, useReading } from '../sharing/useManaged';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { nameFault } from './branchName';
import { branchWords as text } from './dialogMessages';
import { whyNot } from './problemWords';

const NAME_LENGTH = 64;
const DESCRIPTION_LENGTH = 500;
const NOW = '';
/** So many versions are offered to begin with. */
const MOST_VERSIONS = 50;

/** A branch of one's own: what it is called, and what it begins with. */
export function BranchForm({ from, onBack, onDone }: { readonly from: string; readonly onBack: () => void; readonly onDone: () => void }) {
  const workspace = useWorkspace();
  const managed = useManaged(whyNot);
  const versions = useVersions(from);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [moment, setMoment] = useState(NOW);
  const [fault, setFault] = useState<string>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = nameFault(name.trim());
    setFault(wrong);
    if (wrong !== undefined) return;
    const wanted = {
      name: name.trim(),
      from,
      ...(description.trim() !== '' && { description: description.trim() }),
      ...(moment !== NOW && { revision: moment }),
    };
    const done = await managed.run((caller, id) => createBranch(window.location.origin, id, caller, wanted));
    if (!done) return;
    onDone();
    navigate(sessionPath(workspace.session.sessionId, done.answer.name));
  };
  return (
    <form className="branch-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="dialog-lead">{text.newLead(from)}</p>
      <TextField
        label={text.name}
        hint={text.nameHint}
        placeholder={text.namePlaceholder}
        value={name}
        maxLength={NAME_LENGTH}
        error={fault}
        autoFocus
        onChange={(event) => {
          setName(event.target.value);
          setFault(undefined);
        }}
        data-testid="branch-name"
      />
      <TextField label={text.description} value={description} maxLength={DESCRIPTION_LENGTH} onChange={(event) => setDescription(event.target.value)} data-testid="branch-description" />
      {versions.length > 0 && (
        <Choice label={text.moment} value={moment} onChange={setMoment} testId="branch-moment">
          <option value={NOW}>{text.now}</option>
          {versions.map(({ versionId, name: version }) => (
            <option key={versionId} value={versionId}>
              {text.version(version)}
            </option>
          ))}
        </Choice>
      )}
      <Failure reason={managed.failure} />
      <div className="dialog-actions">
        <Button onClick={onBack}>{text.cancel}</Button>
        <Button type="submit" tone="primary" disabled={name.trim() === '' || managed.busy} data-testid="branch-create">
          {text.create}
        </Button>
      </div>
    </form>
  );
}

/** What may be begun with besides now. */
function useVersions(from: string): readonly Version[] {
  const { reading } = useReading((caller, sessionId) => listVersions(window.location.origin, sessionId, caller, { limit: MOST_VERSIONS }));
  return reading.status === 'read' ? reading.value.versions.filter(({ branch }) => branch === from) : [];
}
