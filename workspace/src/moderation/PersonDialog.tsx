import type { Caller } from '@chorale/client';
import { ban, kick, mute, removeContent, report, undoChange } from '@chorale/client/access';
import { useState, type FormEvent } from 'react';
import type { AboutPerson } from '../commands/commandCentre';
import type { Workspace } from '../session/workspace';
import { useWorkspace } from '../session/WorkspaceContext';
import { Choice } from '../sharing/Choice';
import { manage } from '../sharing/manage';
import { Failure } from '../sharing/Parts';
import { useManaged } from '../sharing/useManaged';
import '../styles/sharing.css';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { Switch, TextField } from '../ui/Field';
import { moderationMessages as text } from './messages';

const TIMES = [600, 3600, 86_400, 604_800, 0] as const;
const LONGEST_REASON = 500;

/** Asks before something is done about somebody. */
export function PersonDialog({ about, onClose }: { readonly about: AboutPerson; readonly onClose: () => void }) {
  const workspace = useWorkspace();
  const { what, userId, name } = about;
  const { title, lead, confirm, done } = text.person[what];
  const [seconds, setSeconds] = useState<number>(what === 'mute' ? 600 : 3600);
  const [withAddress, setWithAddress] = useState(false);
  const [reason, setReason] = useState('');
  const { busy, failure, run } = useManaged();
  const incomplete = what === 'report' && reason.trim() === '';

  const act = async (caller: Caller, id: string): Promise<void> => {
    const origin = window.location.origin;
    const lasting = seconds === 0 ? undefined : seconds;
    switch (what) {
      case 'mute':
        return mute(origin, id, caller, userId, lasting);
      case 'kick':
        return kick(origin, id, caller, userId);
      case 'ban':
        return ban(origin, id, caller, { userId, withAddress, reason: reason.trim(), ...(lasting !== undefined && { seconds: lasting }) });
      case 'report':
        await report(origin, id, caller, { userId, reason: reason.trim() });
        return;
      case 'remove':
        tellRemoved(workspace, name, await removeContent(origin, id, caller, userId), caller);
        return;
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || incomplete || (await run(act)) === undefined) return;
    onClose();
    if (what !== 'remove') workspace.notify({ tone: 'neutral', about: `${what} ${userId}`, title: done(name) });
  };
  return (
    <Dialog title={title(name)} onDismiss={onClose} testId="person-dialog">
      <form onSubmit={(event) => void submit(event)} className="person-form" noValidate>
        <p className="dialog-lead">{lead}</p>
        {(what === 'mute' || what === 'ban') && (
          <Choice label={text.lasting} value={String(seconds)} testId="person-lasting" onChange={(next) => setSeconds(Number(next))}>
            {TIMES.map((each) => (
              <option key={each} value={each}>
                {text.times[each]}
              </option>
            ))}
          </Choice>
        )}
        {what === 'ban' && <Switch label={text.withAddress} hint={text.withAddressHint} checked={withAddress} onChange={setWithAddress} testId="person-address" />}
        {(what === 'ban' || what === 'report') && (
          <TextField label={what === 'ban' ? text.reason : text.what} maxLength={LONGEST_REASON} autoFocus value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-testid="person-reason" />
        )}
        <Failure reason={failure} />
        <div className="dialog-actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button tone={what === 'report' || what === 'mute' ? 'primary' : 'danger'} type="submit" disabled={busy || incomplete} data-testid="person-confirm">
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type Removal = Awaited<ReturnType<typeof removeContent>>;

/** Says what went, with a way back: what one removed oneself is one's own to undo. */
function tellRemoved(workspace: Workspace, name: string, { elements, changeIds }: Removal, caller: Caller): void {
  if (elements === 0) {
    workspace.notify({ tone: 'neutral', title: text.person.remove.done(name) });
    return;
  }
  const undo = async () => {
    const undone = await manage(workspace, async (_, id) => {
      for (const changeId of [...changeIds].reverse()) await undoChange(window.location.origin, id, caller, changeId);
    });
    if (undone) workspace.notify({ tone: 'neutral', title: text.undone(name) });
  };
  const isOwn = caller.ownerKey === undefined;
  workspace.notify({ tone: 'neutral', title: text.removed(elements, name), ...(isOwn && { action: { label: text.undo, run: () => void undo() } }) });
}
