import { createMergeRequest } from '@chorale/client/history';
import { useState, type FormEvent } from 'react';
import { whyNot } from '../branches/problemWords';
import { useBranches } from '../branches/useBranches';
import { Avatar } from '../presence/Avatar';
import { useSelfUser } from '../session/WorkspaceContext';
import { Failure } from '../sharing/Parts';
import { useManaged } from '../sharing/useManaged';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { proposalWords as text } from './messages';

const TITLE_LENGTH = 120;
const DESCRIPTION_LENGTH = 2000;

interface FormProps {
  readonly source: string;
  readonly target: string;
  readonly onBack: () => void;
  readonly onMade: (id: string) => void;
}

/** Proposes to take a branch over. */
export function ProposalForm({ source, target, onBack, onMade }: FormProps) {
  const managed = useManaged(whyNot);
  const people = useOthers();
  const [title, setTitle] = useState(source);
  const [description, setDescription] = useState('');
  const [asked, setAsked] = useState<readonly string[]>([]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = {
      source,
      target,
      title: title.trim(),
      ...(description.trim() !== '' && { description: description.trim() }),
      ...(asked.length > 0 && { reviewers: asked }),
    };
    const done = await managed.run((caller, id) => createMergeRequest(window.location.origin, id, caller, wanted));
    if (done) onMade(done.answer.id);
  };
  const toggle = (userId: string) => setAsked(asked.includes(userId) ? asked.filter((each) => each !== userId) : [...asked, userId]);
  return (
    <form className="branch-form" onSubmit={(event) => void submit(event)} noValidate>
      <p className="dialog-lead">{text.newLead}</p>
      <TextField
        label={text.title}
        placeholder={text.titlePlaceholder}
        value={title}
        maxLength={TITLE_LENGTH}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTitle(event.target.value)}
        data-testid="proposal-title"
      />
      <TextField
        label={text.description}
        value={description}
        maxLength={DESCRIPTION_LENGTH}
        onChange={(event) => setDescription(event.target.value)}
        data-testid="proposal-description"
      />
      <fieldset className="proposal-people">
        <legend className="field-label">{text.reviewers}</legend>
        {people.length === 0 && <p className="field-hint">{text.noReviewers}</p>}
        {people.map(({ userId, name, color }) => (
          <button key={userId} type="button" className="proposal-person" aria-pressed={asked.includes(userId)} onClick={() => toggle(userId)} data-testid="proposal-reviewer">
            <Avatar name={name} color={color} size="small" />
            {name}
          </button>
        ))}
      </fieldset>
      <Failure reason={managed.failure} />
      <div className="dialog-actions">
        <Button onClick={onBack}>{text.cancel}</Button>
        <Button type="submit" tone="primary" disabled={title.trim() === '' || managed.busy} data-testid="proposal-make">
          {text.make}
        </Button>
      </div>
    </form>
  );
}

/** Everybody else who is in the session, on whichever branch. */
function useOthers() {
  const self = useSelfUser();
  const { reading } = useBranches(false);
  const everybody = reading.status === 'read' ? reading.value.flatMap(({ people }) => people) : [];
  return [...new Map(everybody.filter(({ userId }) => userId !== self).map((person) => [person.userId, person])).values()];
}
