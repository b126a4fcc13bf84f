import { updateBranch, type Branch } from '@chorale/client/history';
import { useState, type FormEvent } from 'react';
import { Failure } from '../sharing/Parts';
import { useManaged } from '../sharing/useManaged';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { branchWords as text } from './dialogMessages';
import { whyNot } from './problemWords';

const MOST_APPROVALS = 20;

/** Asks how many have to approve of what comes into a branch. */
export function ProtectForm({ branch: { name }, onBack }: { readonly branch: Branch; readonly onBack: () => void }) {
  const managed = useManaged(whyNot);
  const [approvals, setApprovals] = useState('1');
  const [invalid, setInvalid] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const count = Number(approvals);
    const isGood = /^\d+$/.test(approvals.trim()) && count <= MOST_APPROVALS;
    setInvalid(!isGood);
    if (!isGood) return;
    const settings = { protection: { approvals: count } };
    if (await managed.run((caller, id) => updateBranch(window.location.origin, id, caller, name, settings))) onBack();
  };
  return (
    <form className="branch-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="dialog-lead">{text.protectLead}</p>
      <TextField
        label={text.approvals}
        hint={text.approvalsHint}
        error={invalid ? text.approvalsInvalid : undefined}
        inputMode="numeric"
        value={approvals}
        autoFocus
        onChange={(event) => setApprovals(event.target.value)}
        data-testid="protect-approvals"
      />
      <Failure reason={managed.failure} />
      <div className="dialog-actions">
        <Button onClick={onBack}>{text.cancel}</Button>
        <Button type="submit" tone="primary" icon="shield" disabled={managed.busy} data-testid="protect-do">
          {text.protectDo}
        </Button>
      </div>
    </form>
  );
}
