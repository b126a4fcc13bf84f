import { connect, isProblem, ProblemError, readSession, type ConnectionState, type Problem, type SessionDetails } from '@chorale/client';
import type { User } from '@chorale/client/account';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { callerFor } from '../account/caller';
import { account, useStanding } from '../account/present';
import { readIdentity, type Appearance, type Identity } from '../app/identity';
import { messages } from '../app/messages';
import { correctAddress, useAddressedBranch } from '../app/router';
import { sessionPath } from '../app/routes';
import { BringBack } from '../archive/BringBack';
import { archiveMessages } from '../archive/messages';
import { useArchived } from '../archive/useArchived';
import { browserStorage } from '../app/storage';
import { MAIN } from '../branches/address';
import { BranchSeats } from '../branches/branchSeats';
import { branchMessages } from '../branches/messages';
import { CommandCentreProvider } from '../commands/commandCentre';
import { IdentityDialog } from '../presence/IdentityDialog';
import { rememberVisit, refreshRecent } from '../start/recentSessions';
import { accessEndingOf, type Ending } from '../sharing/endings';
import { forgetInvitation, invitationIn } from '../sharing/invitation';
import { failureText } from '../sharing/manage';
import { asksForPassword, PasswordScreen } from '../sharing/PasswordScreen';
import { Button } from '../ui/Button';
import { Screen } from '../ui/Screen';
import { Spinner } from '../ui/Spinner';
import { watchAway } from '../presence/away';
import { forgetSeat, rememberSeat, seatIn, tabStorage } from './seat';
import { Workspace } from './workspace';
import { GoingProvider, useSessionKind, WorkspaceProvider } from './WorkspaceContext';

const SessionSignIn = lazy(() => import('../account/SessionSignIn').then(({ SessionSignIn: screen }) => ({ default: screen })));
const WorkspaceScreen = lazy(() => import('./WorkspaceScreen').then(({ WorkspaceScreen: screen }) => ({ default: screen })));
const ParametersScreen = lazy(() => import('../parameters/ParametersScreen').then(({ ParametersScreen: screen }) => ({ default: screen })));

/** Somebody sits before the screen: a server that is back should not be waited for any longer. */
const MAX_RECONNECT_DELAY_MS = 5_000;
/** Whoever is refused again so soon after a fresh token does not try a third time by themselves, in milliseconds. */
const RENEWED_MS = 10_000;
/** What a connection ends with where the token does not count any more. */
const SIGN_IN_PROBLEMS = ['revoked', 'unauthenticated', 'token-expired'];
const WIDE = window.matchMedia('(min-width: 900px)');

/** The way into a session: is it there, who is asking, and then the workspace. */
export function SessionScreen({ sessionId }: { readonly sessionId: string }) {
  const { user, ended, needed = false } = useStanding();
  const [guest, setGuest] = useState(() => readIdentity(browserStorage));
  const identity = useAppearance(user, guest);
  const [unsent, setUnsent] = useState(0);
  const [details, setDetails] = useState<SessionDetails>();
  const [problem, setProblem] = useState<Problem>();
  const [attempt, setAttempt] = useState(0);
  const [invitation, setInvitation] = useState(() => invitationIn(window.location.hash));
  const [password, setPassword] = useState<string>();

  useEffect(() => {
    let left = false;
    lookUp(sessionId, invitation !== undefined).then(
      (found) => {
        if (!left) setDetails(found);
      },
      (failure: unknown) => {
        // A server that cannot be reached is no verdict: connecting keeps trying.
        if (!left && failure instanceof ProblemError && failure.problem.status === 404) setProblem(failure.problem);
      },
    );
    return () => {
      left = true;
    };
  }, [sessionId, user?.userId, invitation]);

  const renewedAt = useRef(-Infinity);
  const onEnded = useCallback((reason: Problem) => {
    // A guest has no token that could count no more: a moderator took them out.
    const isTakenOut = !account.user && isProblem(reason, 'revoked');
    if (isTakenOut || !SIGN_IN_PROBLEMS.some((slug) => isProblem(reason, slug))) setProblem(reason);
    else if (!account.user) account.need();
    else {
      // Where there is no fresh token, the account says so itself: nobody is signed in any more.
      account.renew().then(
        () => {
          const again = performance.now() - renewedAt.current < RENEWED_MS;
          renewedAt.current = performance.now();
          if (again) setProblem(reason);
          else setAttempt((count) => count + 1);
        },
        () => account.user && setProblem(reason),
      );
    }
  }, []);

  useEffect(() => {
    document.title = details ? `${details.name} · ${messages.product}` : messages.product;
  }, [details]);

  if (problem) {
    const retry = (given?: string) => {
      if (isProblem(problem, 'branch-not-found')) correctAddress(sessionPath(sessionId));
      // An invitation that is not good would be refused again.
      if (isProblem(problem, 'invitation-invalid')) setInvitation(undefined);
      setPassword(given);
      setProblem(undefined);
      setAttempt(attempt + 1);
    };
    if (asksForPassword(problem)) return <PasswordScreen key={attempt} sessionName={details?.name} problem={problem} onPassword={retry} />;
    return <Ended sessionId={sessionId} problem={problem} onRetry={() => retry()} />;
  }
  if (details?.closed) {
    return <Ended sessionId={sessionId} problem={{ type: 'urn:chorale:problem:session-closed', title: messages.ended.closed.title, status: 410 }} onRetry={() => setDetails(undefined)} />;
  }
  if (!user && (ended || needed)) {
    return (
      <Suspense fallback={<div className="joining" />}>
        <SessionSignIn sessionName={details?.name} ended={ended ?? false} pending={unsent} onGuest={needed ? undefined : () => account.goOnAsGuest()} />
      </Suspense>
    );
  }
  const readAgain = () => setGuest(readIdentity(browserStorage));
  if (!identity) {
    return (
      <div className="joining">
        <IdentityDialog identity={undefined} sessionName={details?.name} onDone={readAgain} />
      </div>
    );
  }
  return (
    <Connected
      key={`${user?.userId ?? ''} ${attempt}`}
      sessionId={sessionId}
      user={user?.userId}
      guest={guest}
      identity={identity}
      password={password}
      invitation={invitation}
      onIdentity={readAgain}
      onEnded={onEnded}
      onLeft={setUnsent}
    />
  );
}

/**
 * What the server says about a session to whoever is asking; where only people whom it knows may ask, the page hears of it. A guest whom
 * somebody invited becomes known by coming in.
 */
async function lookUp(sessionId: string, isInvited: boolean): Promise<SessionDetails> {
  const caller = await callerFor(sessionId);
  try {
    return await readSession(window.location.origin, sessionId, caller);
  } catch (failure) {
    if (!isInvited && caller.token === undefined && failure instanceof ProblemError && isProblem(failure.problem, 'unauthenticated')) account.need();
    throw failure;
  }
}

/** How others see one: as the account says, else as the guest of this browser. The same object while it says the same. */
function useAppearance(user: User | undefined, guest: Identity | undefined): Appearance | undefined {
  const { name, color } = user ?? guest ?? {};
  return useMemo(() => (name === undefined || color === undefined ? undefined : { name, color }), [name, color]);
}

interface ConnectedProps {
  readonly sessionId: string;
  /** Who is signed in; else the guest of this browser takes part. */
  readonly user: string | undefined;
  readonly guest: Identity | undefined;
  readonly identity: Appearance;
  readonly password: string | undefined;
  readonly invitation: string | undefined;
  readonly onIdentity: () => void;
  readonly onEnded: (problem: Problem) => void;
  /** Hears how many edits were not sent when the connection was given up. */
  readonly onLeft: (unsent: number) => void;
}

function Connected({ sessionId, user, guest, identity, password, invitation, onIdentity, onEnded, onLeft }: ConnectedProps) {
  const branch = useAddressedBranch();
  const [seats, setSeats] = useState<BranchSeats>();
  const [state, setState] = useState<ConnectionState>('connecting');

  // Another name or colour is a matter of the same connection: see below.
  const latest = useRef({ guest, identity });
  latest.current = { guest, identity };
  const knownAs = useRef(new WeakMap<Workspace, Appearance>()).current;

  useEffect(() => {
    let ticket = { ...(password !== undefined && { password }), ...(invitation !== undefined && { invitation }) };
    const join = (name: string) => {
      const seat = seatIn(tabStorage, sessionId, name);
      const session = connect({
        url: window.location.origin,
        sessionId,
        branch: name,
        ...(user === undefined ? latest.current.guest && { guest: latest.current.guest } : { token: account.token, user }),
        maxReconnectDelayMs: MAX_RECONNECT_DELAY_MS,
        ...(seat !== undefined && { seat }),
        ...ticket,
      });
      const joining = new Workspace(session, WIDE.matches);
      knownAs.set(joining, latest.current.identity);
      const changed = () => {
        setState(session.state);
        if (session.state === 'online') ticket = {};
        if (session.state === 'online' || session.state === 'closed') forgetInvitation();
        if (coming.store.getState().shown === joining) remember(joining);
      };
      session.on('state', changed);
      return joining;
    };
    const coming: BranchSeats = new BranchSeats(join, {
      arrived: (shown, left) => {
        if (left?.chat.store.getState().open) shown.chat.toggle(true);
        remember(shown);
      },
      stayed: (shown, name, problem) => {
        correctAddress(sessionPath(sessionId, shown.session.branch));
        shown.notify({ tone: 'danger', about: 'branch', title: branchMessages.notThere(name), ...(problem && { detail: isProblem(problem, 'branch-not-found') ? branchMessages.goneDetail : failureText(shown, new ProblemError(problem)) }) });
      },
      ended: (problem) => onEnded(problem ?? { type: 'about:blank', title: messages.ended.lost.title, status: 0 }),
    });
    setSeats(coming);
    const stopWatching = watchAway(document, (away) => coming.store.getState().shown?.session.setAway(away));
    return () => {
      stopWatching();
      // Not a page that is loaded anew: whoever leaves the session gives the seat up.
      forgetSeat(tabStorage);
      onLeft(coming.dispose());
    };
  }, [sessionId, user, password, invitation, onEnded, onLeft, knownAs]);

  useEffect(() => seats?.go(branch), [seats, branch]);

  return seats ? <Seated seats={seats} state={state} guest={guest} identity={identity} knownAs={knownAs} onIdentity={onIdentity} /> : <Joining state={state} />;
}

/** What this browser remembers of the branch that one is on. */
function remember({ session }: Workspace): void {
  const { sessionId, branch, info, self, state } = session;
  if (info) document.title = titleOf(info.name, branch);
  if (state === 'online' && self) rememberSeat(tabStorage, sessionId, self.participantId, branch);
  if (state === 'online' && info) rememberVisit(browserStorage, sessionId, info.name, Date.now());
}

const titleOf = (name: string, branch: string) => [name, ...(branch === MAIN ? [] : [branch]), messages.product].join(' · ');

interface SeatedProps {
  readonly seats: BranchSeats;
  readonly state: ConnectionState;
  readonly guest: Identity | undefined;
  readonly identity: Appearance;
  /** How the others know one on each branch. */
  readonly knownAs: WeakMap<Workspace, Appearance>;
  readonly onIdentity: () => void;
}

/** The branch that is shown; on another one the same screen goes on with another document. */
function Seated({ seats, state, guest, identity, knownAs, onIdentity }: SeatedProps) {
  const workspace = useStore(seats.store, ({ shown }) => shown);
  const going = useStore(seats.store, ({ going: name }) => name);

  useEffect(() => {
    if (!workspace || knownAs.get(workspace) === identity) return;
    knownAs.set(workspace, identity);
    workspace.session.introduce({ ...guest, ...identity });
  }, [workspace, guest, identity, knownAs]);

  if (!workspace) return <Joining state={state} />;
  return (
    <WorkspaceProvider value={workspace}>
      <CommandCentreProvider>
        <GoingProvider value={going}>
          <Suspense fallback={<Joining state={state} />}>
            <Content identity={identity} onIdentity={onIdentity} />
          </Suspense>
        </GoingProvider>
      </CommandCentreProvider>
    </WorkspaceProvider>
  );
}

function Content(props: { readonly identity: Appearance; readonly onIdentity: () => void }) {
  return useSessionKind() === 'parameters' ? <ParametersScreen {...props} /> : <WorkspaceScreen {...props} />;
}

function Joining({ state }: { readonly state: ConnectionState }) {
  const unreachable = state === 'offline';
  return (
    <div className="joining" data-testid="joining" data-connection={state}>
      <Spinner label={unreachable ? messages.connection.unreachable : messages.connection.connectingDetail} />
      {unreachable && <p className="joining-detail">{messages.connection.unreachableDetail}</p>}
    </div>
  );
}

function Ended({ sessionId, problem, onRetry }: { readonly sessionId: string; readonly problem: Problem; readonly onRetry?: () => void }) {
  const archived = useArchived(sessionId, isProblem(problem, 'session-closed'));
  const ending = archived ? ARCHIVED : endingOf(problem);
  useEffect(() => {
    if (ending.gone && archived !== undefined) refreshRecent(browserStorage, sessionId, { closed: true });
  }, [sessionId, ending.gone, archived]);
  return (
    <div data-connection="closed" data-problem={problem.type} data-testid="ended">
      <Screen testId="ended-screen" title={ending.title} detail={ending.detail} note={ending.note}>
        {archived && onRetry && <BringBack sessionId={sessionId} onDone={onRetry} />}
        {!ending.over && !archived && onRetry && (
          <Button onClick={onRetry} data-testid="retry">
            {ending.retry ?? messages.retry}
          </Button>
        )}
      </Screen>
    </div>
  );
}

const ARCHIVED: Ending = { title: archiveMessages.archived, detail: archiveMessages.archivedDetail, over: false };

function endingOf(problem: Problem): Ending {
  const { ended } = messages;
  if (isProblem(problem, 'session-not-found')) return { ...ended.notFound, over: true, gone: true };
  if (isProblem(problem, 'session-closed')) return { ...ended.closed, over: true, gone: true };
  if (isProblem(problem, 'branch-not-found')) return { title: branchMessages.goneTitle, detail: branchMessages.goneDetail, over: false, retry: branchMessages.toMain };
  if (isProblem(problem, 'session-full')) return { ...ended.full, over: false };
  const access = accessEndingOf(problem);
  if (access) return access;
  if (problem.status === 404) return { ...ended.notFound, over: true, gone: true };
  return { title: ended.lost.title, detail: ended.lost.detail, note: [problem.title, problem.detail].filter(Boolean).join(' — '), over: false };
}
