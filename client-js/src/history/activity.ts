import type { CommittedChange } from '../protocol/frame.js';
import type { Activity, Share, Timeline } from '../rest/past.js';

/** Who did how much when, of changes that follow each other: parts of the same number of revisions, at most so many. */
export function timelineOf(changes: readonly CommittedChange[], parts: number): Timeline {
  const [first, last] = [changes[0], changes.at(-1)];
  const size = Math.max(1, Math.ceil(changes.length / parts));
  const buckets: Activity[] = [];
  for (let at = 0; at < changes.length; at += size) buckets.push(...activityOf(changes.slice(at, at + size)));
  return {
    from: first?.revision ?? 0,
    to: last?.revision ?? 0,
    head: last?.revision ?? 0,
    ...(first && last && { startAt: first.at, endAt: last.at }),
    buckets,
  };
}

function activityOf(changes: readonly CommittedChange[]): readonly Activity[] {
  const [first, last] = [changes[0], changes.at(-1)];
  if (!first || !last) return [];
  const counts = new Map<string, number>();
  for (const { userId } of changes) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  const users: Share[] = [...counts].map(([userId, count]) => ({ userId, changes: count }));
  users.sort((a, b) => b.changes - a.changes);
  return [{ from: first.revision, to: last.revision, at: last.at, changes: changes.length, users }];
}
