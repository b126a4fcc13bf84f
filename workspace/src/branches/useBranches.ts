import { branchIn, listBranches, readBranch, type Branch } from '@chorale/client/history';
import { useEffect, useRef, useState } from 'react';
import { callerFor } from '../account/caller';
import { useWorkspace } from '../session/WorkspaceContext';
import { useReading, type Reading } from '../sharing/useManaged';
import { inTreeOrder } from './tree';

/** Several frames in a row are one piece of news, in milliseconds. */
const SETTLE_MS = 250;
/** Nobody is told who goes from branch to branch: it is looked up so often while somebody looks, in milliseconds. */
const LOOK_MS = 4000;
/** As many branches as a server allows by default. */
const MOST = 200;

type News = 'branch' | 'mergeRequest' | 'version' | 'changes';

/** Calls back soon after the session told something; always with the newest `act`. */
export function useNews(kinds: readonly News[], act: () => void): void {
  const { session } = useWorkspace();
  const latest = useRef(act);
  latest.current = act;
  const names = kinds.join();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        latest.current();
      }, SETTLE_MS);
    };
    const stops = names.split(',').map((name) => session.on(name as News, heard));
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [session, names]);
}

/** Calls back again and again while the page is seen. */
export function useLookingAgain(act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest.current();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
}

/** The session's branches, read again whenever one of them is another one. */
export function useBranches(archived: boolean): { readonly reading: Reading<readonly Branch[]>; readonly again: () => void } {
  const { reading, again } = useReading(async (caller, sessionId) => {
    const { branches } = await listBranches(window.location.origin, sessionId, caller, { archived, limit: MOST });
    return inTreeOrder(branches);
  });
  const first = useRef(archived);
  useEffect(() => {
    if (first.current !== archived) again();
    first.current = archived;
  }, [archived, again]);
  useNews(['branch', 'mergeRequest', 'changes'], again);
  useLookingAgain(again);
  return { reading, again };
}

/** The branch that one is on, as the server tells of it; undefined until it did. */
export function usePresentBranch(): Branch | undefined {
  const { session } = useWorkspace();
  const [branch, setBranch] = useState<Branch>();
  useEffect(() => {
    let left = false;
    const take = (read: Branch) => {
      if (!left && read.name === session.branch) setBranch(read);
    };
    const read = () => {
      if (session.state !== 'online') return;
      // Without an answer the branch is as it was: this is for the banner only.
      callerFor(session.sessionId)
        .then((caller) => readBranch(window.location.origin, session.sessionId, caller, session.branch))
        .then(take, () => undefined);
    };
    read();
    const stops = [session.on('state', read), session.on('branch', (news) => take(branchIn(news).branch))];
    return () => {
      left = true;
      for (const stop of stops) stop();
    };
  }, [session]);
  return branch?.name === session.branch ? branch : undefined;
}
