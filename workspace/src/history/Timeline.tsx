import { mayEdit } from '@chorale/client/access';
import { createVersion, SPEEDS, type Speed } from '@chorale/client/history';
import { memo, useState, type CSSProperties, type FormEvent } from 'react';
import { useStore } from 'zustand';
import { callerFor } from '../account/caller';
import { language } from '../app/language';
import { messages } from '../app/messages';
import type { Workspace } from '../session/workspace';
import { useDocument, useSessionKind, useWorkspace, useWorkspaceState } from '../session/WorkspaceContext';
import { Button, IconButton } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Icon } from '../ui/Icon';
import { activityBars } from './activityBars';
import { whatHappened, whoDid } from './changeWords';
import { compareWith } from './compare';
import { goBack, reasonOf } from './goBack';
import type { LookingBack, TimelineState } from './lookingBack';
import { historyMessages } from './messages';
import { timelineMessages } from './timelineMessages';
import { useTimelineKeys } from './useTimelineKeys';
import '../styles/timeline.css';

const text = timelineMessages;
/** As long as a version's name may be. */
const NAME_LENGTH = 120;
const MOMENT = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });

interface PastProps {
  readonly past: LookingBack;
}

function usePast<T>({ store }: LookingBack, select: (state: TimelineState) => T): T {
  return useStore(store, select);
}

/** How a session was, to go through and to play; the views above it show the revision that is chosen here. */
export function Timeline({ past }: PastProps) {
  const [asked, setAsked] = useState<'name' | 'restore'>();
  const revision = usePast(past, (state) => state.revision);
  const head = usePast(past, (state) => state.head);
  const isPlaying = usePast(past, (state) => state.isPlaying);
  const isReading = usePast(past, (state) => state.isReading);
  const failure = usePast(past, (state) => state.failure);
  useTimelineKeys(past, asked === undefined ? undefined : () => setAsked(undefined));
  return (
    <>
      <p className="past-sign" role="status" data-testid="past-sign">
        <Icon name="history" size={18} />
        <span>
          <strong>{text.looking}</strong> <span className="past-sign-detail">{text.lookingDetail}</span>
        </span>
      </p>
      <section
        className="panel timeline"
        aria-label={text.label}
        data-testid="timeline"
        data-revision={revision}
        data-head={head}
        data-playing={isPlaying}
        data-reading={isReading}
      >
        <div className="timeline-top">
          <Controls past={past} />
          <Moment past={past} />
          <Actions past={past} asked={asked} onAsk={setAsked} />
        </div>
        {failure !== undefined && (
          <p className="field-error" role="alert" data-testid="timeline-failure">
            {failure}
          </p>
        )}
        {asked === 'name' && <NameForm past={past} onDone={() => setAsked(undefined)} />}
        {asked === 'restore' && <RestoreQuestion past={past} onDone={() => setAsked(undefined)} />}
        <Track past={past} />
      </section>
    </>
  );
}

function Controls({ past }: PastProps) {
  const revision = usePast(past, (state) => state.revision);
  const head = usePast(past, (state) => state.head);
  const isPlaying = usePast(past, (state) => state.isPlaying);
  const speed = usePast(past, (state) => state.speed);
  return (
    <div className="timeline-controls" role="group" aria-label={text.controls}>
      <IconButton icon="previous" label={text.back} hint="above" disabled={revision === 0} onClick={() => past.step(-1)} data-testid="timeline-back" />
      <IconButton
        icon={isPlaying ? 'pause' : 'play'}
        label={isPlaying ? text.pause : text.play}
        hint="above"
        className="timeline-play"
        disabled={head === 0}
        onClick={() => past.togglePlaying()}
        data-testid="timeline-play"
      />
      <IconButton icon="next" label={text.forward} hint="above" disabled={revision === head} onClick={() => past.step(1)} data-testid="timeline-forward" />
      <div className="select timeline-speed">
        <select aria-label={text.speed} value={speed} onChange={(event) => past.setSpeed(Number(event.currentTarget.value) as Speed)} data-testid="timeline-speed">
          {SPEEDS.map((each) => (
            <option key={each} value={each}>
              {text.times(each)}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={18} />
      </div>
    </div>
  );
}

/** When and by whom what is shown was made. */
function Moment({ past }: PastProps) {
  const workspace = useWorkspace();
  const document = useDocument();
  const revision = usePast(past, (state) => state.revision);
  const change = usePast(past, (state) => state.change);
  const isPlaying = usePast(past, (state) => state.isPlaying);
  const activity = usePast(past, (state) => state.activity);
  const told = change && nameIn(activity, change.userId);
  const who = change && whoDid(workspace, change.userId, told);
  return (
    <p className="timeline-moment" aria-live={isPlaying ? 'off' : 'polite'} data-testid="timeline-moment">
      <strong>{revision === 0 ? text.beginning : change ? MOMENT.format(Date.parse(change.at)) : text.reading}</strong>
      {revision === 0 && <span>{text.beginningDetail}</span>}
      {change && who && (
        <span>
          <i className="timeline-dot" style={{ background: who.color }} />
          <b>{change.userId === workspace.session.self?.userId ? historyMessages.you : who.name}</b> {whatHappened(change, document)}
        </span>
      )}
    </p>
  );
}

function nameIn(activity: TimelineState['activity'], userId: string): string | undefined {
  for (const { users } of activity?.buckets ?? []) {
    const name = users.find((user) => user.userId === userId)?.name;
    if (name !== undefined) return name;
  }
  return undefined;
}

interface ActionsProps extends PastProps {
  readonly asked: 'name' | 'restore' | undefined;
  readonly onAsk: (asked: 'name' | 'restore') => void;
}

function Actions({ past, asked, onAsk }: ActionsProps) {
  const workspace = useWorkspace();
  const isScene = useSessionKind() === 'scene';
  const objectsOpen = useWorkspaceState((state) => state.objectsOpen);
  const newer = usePast(past, (state) => state.head - state.left);
  const isEditor = mayEdit(workspace.live.session);
  return (
    <div className="timeline-actions">
      {isScene && (
        <>
          <IconButton
            icon="list"
            label={objectsOpen ? messages.objects.close : messages.objects.open}
            hint="above"
            aria-expanded={objectsOpen}
            onClick={() => workspace.store.setState({ objectsOpen: !objectsOpen })}
            data-testid="timeline-objects"
          />
          <IconButton icon="fit" label={messages.session.fit} hint="above" onClick={() => workspace.view?.showEverything()} data-testid="timeline-fit" />
        </>
      )}
      {isScene && <IconButton icon="split" label={text.compare} hint="above" onClick={() => compareWithNow(past, workspace)} data-testid="timeline-compare" />}
      {isEditor && (
        <>
          <Button icon="flag" aria-expanded={asked === 'name'} onClick={() => onAsk('name')} data-testid="timeline-name">
            {text.name}
          </Button>
          <Button icon="undo" aria-expanded={asked === 'restore'} onClick={() => onAsk('restore')} data-testid="timeline-restore">
            {text.restore}
          </Button>
        </>
      )}
      <Button tone="primary" onClick={() => past.end()} data-testid="timeline-now">
        {text.now}
        {newer > 0 && (
          <span className="timeline-newer" data-testid="timeline-newer">
            <span aria-hidden="true">+{newer}</span>
            <span className="visually-hidden">{text.newer(newer)}</span>
          </span>
        )}
      </Button>
    </div>
  );
}

/** Shows how it is now, with what changed since what was shown. */
function compareWithNow(past: LookingBack, workspace: Workspace): void {
  const { revision, change } = past.store.getState();
  past.end();
  compareWith(workspace, { from: revision, name: change ? MOMENT.format(Date.parse(change.at)) : text.beginning });
}

function NameForm({ past, onDone }: PastProps & { readonly onDone: () => void }) {
  const { session, live } = useWorkspace();
  const { sessionId, branch } = session;
  const [name, setName] = useState('');
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || name.trim() === '') return;
    setBusy(true);
    const { revision } = past.store.getState();
    try {
      const version = await createVersion(window.location.origin, sessionId, await callerFor(sessionId), { name, revision, branch });
      past.keep(version);
      live.notify({ tone: 'neutral', about: 'version', title: historyMessages.kept(version.name) });
      onDone();
    } catch (reason) {
      setFailure(reasonOf(reason));
      setBusy(false);
    }
  };
  return (
    <form className="timeline-question" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label={text.naming}
        placeholder={historyMessages.placeholder}
        value={name}
        maxLength={NAME_LENGTH}
        error={failure}
        autoFocus
        onChange={(event) => {
          setName(event.target.value);
          setFailure(undefined);
        }}
        data-testid="timeline-version-name"
      />
      <Button onClick={onDone}>{text.cancel}</Button>
      <Button type="submit" tone="primary" disabled={name.trim() === '' || isBusy} data-testid="timeline-keep">
        {text.keep}
      </Button>
    </form>
  );
}

function RestoreQuestion({ past, onDone }: PastProps & { readonly onDone: () => void }) {
  const { live } = useWorkspace();
  const [failure, setFailure] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const restore = async () => {
    const { revision, change } = past.store.getState();
    setBusy(true);
    try {
      await goBack(live, revision, change ? text.moment(MOMENT.format(Date.parse(change.at))) : text.beginning);
      past.end();
    } catch (reason) {
      setFailure(reasonOf(reason));
      setBusy(false);
    }
  };
  return (
    <div className="timeline-question" role="group" aria-label={text.restore}>
      <p>{text.sure}</p>
      {failure !== undefined && (
        <p className="field-error" role="alert">
          {failure}
        </p>
      )}
      <Button onClick={onDone} autoFocus>
        {text.cancel}
      </Button>
      <Button tone="primary" disabled={isBusy} onClick={() => void restore()} data-testid="timeline-restore-confirm">
        {text.confirm}
      </Button>
    </div>
  );
}

/** All revisions: where one is among them, how busy it was, and which have names. */
function Track({ past }: PastProps) {
  const revision = usePast(past, (state) => state.revision);
  const head = usePast(past, (state) => state.head);
  const change = usePast(past, (state) => state.change);
  const share = head === 0 ? 0 : revision / head;
  const spoken = [text.at(revision, head), change && MOMENT.format(Date.parse(change.at))].filter(Boolean).join(', ');
  return (
    <div className="timeline-track">
      <Marks past={past} />
      <div className="timeline-scrubber">
        <Bars past={past} />
        <div className="timeline-ahead" style={{ '--share': share } as CSSProperties} />
        <input
          type="range"
          aria-label={text.scrubber}
          aria-valuetext={spoken}
          min={0}
          max={head}
          step={1}
          value={revision}
          disabled={head === 0}
          onChange={(event) => past.seek(event.currentTarget.valueAsNumber)}
          data-testid="timeline-scrubber"
        />
      </div>
      <p className="timeline-place" aria-hidden="true">
        {text.at(revision, head)}
      </p>
    </div>
  );
}

const Bars = memo(function Bars({ past }: PastProps) {
  const workspace = useWorkspace();
  const activity = usePast(past, (state) => state.activity);
  const head = usePast(past, (state) => state.head);
  if (activity === undefined || head === 0) return null;
  return (
    <svg className="timeline-activity" viewBox={`0 0 ${head} 1`} preserveAspectRatio="none" aria-hidden="true" data-testid="timeline-activity">
      {activityBars(activity).map(({ userId, from, width, bottom, height }) => (
        <rect key={`${from} ${userId}`} x={from} width={width} y={1 - bottom - height} height={height} fill={whoDid(workspace, userId).color} />
      ))}
    </svg>
  );
});

const Marks = memo(function Marks({ past }: PastProps) {
  const versions = usePast(past, (state) => state.versions);
  const head = usePast(past, (state) => state.head);
  if (versions.length === 0 || head === 0) return null;
  return (
    <ul className="timeline-marks" aria-label={text.versions}>
      {versions.map(({ versionId, name, revision }) => (
        <li key={versionId} style={{ left: `${(revision / head) * 100}%` }}>
          <button type="button" aria-label={text.versionAt(name)} data-hint={name} data-hint-side="above" onClick={() => past.seek(revision)} data-testid="timeline-mark" data-revision={revision}>
            <Icon name="flag" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
});

