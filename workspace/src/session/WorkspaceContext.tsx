import type { ConnectionState, DocumentView, Lock, Participant, RefusedEdit, Session, SessionEvents } from '@chorale/client';
import { SessionProvider } from '@chorale/client/react';
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { ChatState } from '../chat/chatRoom';
import { lockOn } from '../locks/lockOn';
import type { CompanyState } from '../presence/company';
import { liveElements, type SceneElement } from '../scene/sceneElement';
import type { Workspace, WorkspaceState } from './workspace';

const WorkspaceContext = createContext<Workspace | undefined>(undefined);

export function WorkspaceProvider({ value, children }: { readonly value: Workspace; readonly children: ReactNode }) {
  return (
    <WorkspaceContext value={value}>
      <SessionProvider session={value.session}>{children}</SessionProvider>
    </WorkspaceContext>
  );
}

const GoingContext = createContext<string | undefined>(undefined);

/** Tells the branch that one is on the way to. */
export const GoingProvider = GoingContext;

/** The branch that one is on the way to, while another one is shown still. */
export const useGoing = () => useContext(GoingContext);

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (workspace === undefined) throw new Error('useWorkspace outside of a WorkspaceProvider');
  return workspace;
}

export function useWorkspaceState<T>(select: (state: WorkspaceState) => T): T {
  return useStore(useWorkspace().store, select);
}

export function useChat<T>(select: (state: ChatState) => T): T {
  return useStore(useWorkspace().chat.store, select);
}

export function useCompany<T>(select: (state: CompanyState) => T): T {
  return useStore(useWorkspace().company.store, select);
}

/** Re-renders when one of the events made `read` answer differently. */
export function useSessionValue<T>(session: Session, events: readonly (keyof SessionEvents)[], read: (session: Session) => T): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = events.map((event) => session.on(event, listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [session, events],
  );
  return useSyncExternalStore(subscribe, () => read(session));
}

const ON_STATE = ['state'] as const;
const ON_DOCUMENT = ['document'] as const;
const ON_PARTICIPANTS = ['participants', 'state'] as const;
const ON_PENDING = ['document', 'accepted', 'refused', 'state'] as const;
const ON_LATENCY = ['latency'] as const;
const ON_LOCKS = ['locks', 'document'] as const;
const ON_REFUSED = ['refusedEdits'] as const;
const ON_INFO = ['info', 'state'] as const;

const readState = (session: Session): ConnectionState => session.state;
const readDocument = (session: Session): DocumentView => session.document;
const readParticipants = (session: Session): ReadonlyMap<string, Participant> => session.participants;
const readPending = (session: Session): number => session.pendingChanges;
const readLatency = (session: Session): number | undefined => session.roundTripMs;
const readSelfId = (session: Session): string | undefined => session.self?.participantId;
const readSelfUser = (session: Session): string | undefined => session.self?.userId;
const readRefused = (session: Session): readonly RefusedEdit[] => session.refusedEdits;
const readKind = (session: Session): string | undefined => session.info?.kind;
const readName = (session: Session): string | undefined => session.info?.name;

export const useConnectionState = () => useSessionValue(useWorkspace().session, ON_STATE, readState);
export const useDocument = () => useSessionValue(useWorkspace().session, ON_DOCUMENT, readDocument);
export const useParticipants = () => useSessionValue(useWorkspace().session, ON_PARTICIPANTS, readParticipants);
export const usePending = () => useSessionValue(useWorkspace().session, ON_PENDING, readPending);
export const useLatency = () => useSessionValue(useWorkspace().session, ON_LATENCY, readLatency);
export const useSelfId = () => useSessionValue(useWorkspace().session, ON_PARTICIPANTS, readSelfId);
/** The user that one is, in all of one's windows. */
export const useSelfUser = () => useSessionValue(useWorkspace().session, ON_PARTICIPANTS, readSelfUser);
export const useRefusedEdits = () => useSessionValue(useWorkspace().session, ON_REFUSED, readRefused);
export const useSessionKind = () => useSessionValue(useWorkspace().session, ON_INFO, readKind);
export const useSessionName = () => useSessionValue(useWorkspace().session, ON_INFO, readName);

/** The lock that holds an element. */
export function useLockOn(id: string | undefined): Lock | undefined {
  const read = useCallback(({ locks, document }: Session) => (id === undefined ? undefined : lockOn(locks, document, id)), [id]);
  return useSessionValue(useWorkspace().session, ON_LOCKS, read);
}

export function useLiveElements(): readonly SceneElement[] {
  return liveElements(useDocument());
}

export function useSelectedElement(): SceneElement | undefined {
  const selectedId = useWorkspaceState((state) => state.selectedId);
  const document = useDocument();
  const workspace = useWorkspace();
  return useMemo(() => (selectedId !== undefined && document.live(selectedId) ? workspace.element(selectedId) : undefined), [workspace, document, selectedId]);
}
