import type { Caller } from '@chorale/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Workspace } from '../session/workspace';
import { useWorkspace } from '../session/WorkspaceContext';
import { actorIn, failureText } from './manage';

type Act<T> = (caller: Caller, sessionId: string) => Promise<T>;

/** What a dialog does to the session: one thing at a time, and what went wrong with the last one. */
export interface Managed {
  readonly busy: boolean;
  readonly failure: string | undefined;
  /** Answers what the server answered; undefined where it refused, which is told. */
  readonly run: <T>(act: Act<T>) => Promise<{ readonly answer: T } | undefined>;
}

/** @param inWords what a failure says to people */
export function useManaged(inWords: (workspace: Workspace, failure: unknown) => string = failureText): Managed {
  const workspace = useWorkspace();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const run = useCallback(
    async <T>(act: Act<T>) => {
      setBusy(true);
      setFailure(undefined);
      try {
        return { answer: await act(await actorIn(workspace), workspace.session.sessionId) };
      } catch (reason) {
        setFailure(inWords(workspace, reason));
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [workspace, inWords],
  );
  return { busy, failure, run };
}

export type Reading<T> = { readonly status: 'reading' } | { readonly status: 'failed'; readonly reason: string } | { readonly status: 'read'; readonly value: T };

/** Reads something of the session, and again when asked to. What was read stays while it is read anew. */
export function useReading<T>(read: Act<T>): { readonly reading: Reading<T>; readonly again: () => void } {
  const workspace = useWorkspace();
  const [reading, setReading] = useState<Reading<T>>({ status: 'reading' });
  const [turn, setTurn] = useState(0);
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    let left = false;
    const set = (next: Reading<T>) => {
      if (!left) setReading(next);
    };
    actorIn(workspace)
      .then((caller) => latest.current(caller, workspace.session.sessionId))
      .then(
        (value) => set({ status: 'read', value }),
        (reason: unknown) => set({ status: 'failed', reason: failureText(workspace, reason) }),
      );
    return () => {
      left = true;
    };
  }, [workspace, turn]);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  return { reading, again };
}
