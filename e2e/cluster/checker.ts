import type { ClientRecord, Final, History, Logged, Seen } from './history.js';

/** What a history must hold to, each rule by itself. */
export type Rule =
  | 'acknowledged-once-in-log'
  | 'log-contiguous'
  | 'log-without-strangers'
  | 'one-answer'
  | 'refused-not-in-log'
  | 'seen-as-logged'
  | 'seen-in-order'
  | 'real-time-order'
  | 'documents-agree';

export interface Violation {
  readonly rule: Rule;
  readonly says: string;
}

/** A client keeps a change that was refused so, and sends it again: no last word. */
const NOT_FINAL: ReadonlySet<string> = new Set(['storage-unavailable', 'too-many-requests', 'stale-base']);
/** Changes of the server's own (CHG-4). */
const SYSTEM = 'system:';
const SHOWN = 60;

type Of<W extends Seen['what']> = Extract<Seen, { readonly what: W }>;

/** Everything that is wrong with a history; nothing where it is as the protocol promises. */
export function check(history: History): readonly Violation[] {
  const log = new Log(history.log);
  return [
    ...contiguous(history.log),
    ...strangers(history),
    ...history.clients.flatMap((record) => [
      ...acknowledged(record, log),
      ...answers(record),
      ...refused(record, log),
      ...asLogged(record, log),
      ...inOrder(record),
    ]),
    ...realTime(history.clients, log),
    ...agreeing(history),
  ];
}

/** The violations as lines, the first few of each rule. */
export function told(violations: readonly Violation[], each = 5): string {
  const rules = [...new Set(violations.map(({ rule }) => rule))];
  const lines = rules.flatMap((rule) => {
    const all = violations.filter((violation) => violation.rule === rule);
    const more = all.length > each ? [`  … and ${all.length - each} more`] : [];
    return [`${rule}: ${all.length}`, ...all.slice(0, each).map(({ says }) => `  ${says}`), ...more];
  });
  return lines.join('\n');
}

/** The log by revision and by change id. */
class Log {
  readonly at = new Map<number, Logged>();
  readonly revisionsOf = new Map<string, number[]>();

  constructor(entries: readonly Logged[]) {
    for (const entry of entries) {
      this.at.set(entry.revision, entry);
      const known = this.revisionsOf.get(entry.changeId);
      if (known) known.push(entry.revision);
      else this.revisionsOf.set(entry.changeId, [entry.revision]);
    }
  }

  places(changeId: string): readonly number[] {
    return this.revisionsOf.get(changeId) ?? [];
  }
}

function contiguous(log: readonly Logged[]): readonly Violation[] {
  const violations: Violation[] = [];
  let expected = 1;
  for (const { revision, changeId } of log) {
    if (revision !== expected) {
      violations.push(violation('log-contiguous', `revision ${revision} (${changeId}) stands where ${expected} was expected`));
    }
    expected = revision + 1;
  }
  return violations;
}

function strangers({ clients, log }: History): readonly Violation[] {
  const submitted = new Set(clients.flatMap((record) => only(record, 'submitted').map(({ changeId }) => changeId)));
  return log
    .filter(({ changeId }) => !submitted.has(changeId) && !changeId.startsWith(SYSTEM))
    .map(({ changeId, revision }) =>
      violation('log-without-strangers', `${changeId} at revision ${revision} was submitted by nobody`),
    );
}

function acknowledged(record: ClientRecord, log: Log): readonly Violation[] {
  return only(record, 'accepted').flatMap(({ changeId, revision }) => {
    const places = log.places(changeId);
    if (places.length === 1 && places[0] === revision) return [];
    const found =
      places.length === 0 ? 'is not in the log' : `is in the log ${times(places.length)}, at revision ${places.join(' and ')}`;
    const says = `${changeId} was acknowledged to ${record.client} at revision ${revision} and ${found}`;
    return [violation('acknowledged-once-in-log', says)];
  });
}

/** A change that was answered twice was answered the same. */
function answers(record: ClientRecord): readonly Violation[] {
  const violations: Violation[] = [];
  const accepted = new Map<string, number>();
  const refusals = new Map<string, string>();
  for (const seen of record.seen) {
    if (seen.what === 'accepted') {
      const before = accepted.get(seen.changeId);
      if (before !== undefined && before !== seen.revision) {
        const says = `${seen.changeId} was acknowledged to ${record.client} at revision ${before}, later at ${seen.revision}`;
        violations.push(violation('one-answer', says));
      }
      const problem = refusals.get(seen.changeId);
      if (problem !== undefined) {
        violations.push(violation('one-answer', `${seen.changeId} of ${record.client} was refused (${problem}), later acknowledged`));
      }
      accepted.set(seen.changeId, before ?? seen.revision);
    } else if (seen.what === 'refused' && !NOT_FINAL.has(seen.problem)) {
      const before = accepted.get(seen.changeId);
      if (before !== undefined) {
        const says = `${seen.changeId} was acknowledged to ${record.client} at revision ${before}, later refused (${seen.problem})`;
        violations.push(violation('one-answer', says));
      }
      refusals.set(seen.changeId, seen.problem);
    }
  }
  return violations;
}

/** What was refused and never sent with another outcome left no trace. */
function refused(record: ClientRecord, log: Log): readonly Violation[] {
  const accepted = new Set(only(record, 'accepted').map(({ changeId }) => changeId));
  const last = new Map(only(record, 'refused').map(({ changeId, problem }) => [changeId, problem]));
  const received = new Set(only(record, 'change').map(({ changeId }) => changeId));
  return [...last].flatMap(([changeId, problem]) => {
    const places = log.places(changeId);
    // What could not be stored is sent again (SUB-9), and its coming back among the changes is an answer too.
    const answered = accepted.has(changeId) || (NOT_FINAL.has(problem) && received.has(changeId));
    if (places.length === 0 || answered) return [];
    const says = `${changeId} of ${record.client} was refused (${problem}) and is in the log at revision ${places.join(' and ')}`;
    return [violation('refused-not-in-log', says)];
  });
}

function asLogged(record: ClientRecord, log: Log): readonly Violation[] {
  return only(record, 'change').flatMap(({ revision, changeId, hash }) => {
    const entry = log.at.get(revision);
    if (entry === undefined) {
      return [violation('seen-as-logged', `${record.client} saw ${changeId} at revision ${revision}, which the log has not`)];
    }
    if (entry.changeId !== changeId) {
      const says = `${record.client} saw ${changeId} at revision ${revision}, where the log has ${entry.changeId}`;
      return [violation('seen-as-logged', says)];
    }
    if (entry.hash !== hash) {
      const says = `${record.client} saw ${changeId} at revision ${revision} with other content (${hash}) than the log's (${entry.hash})`;
      return [violation('seen-as-logged', says)];
    }
    return [];
  });
}

/** On each connection every revision comes once, behind the one before it (CHG-1). */
function inOrder(record: ClientRecord): readonly Violation[] {
  const violations: Violation[] = [];
  const upTo = new Map<number, number>();
  const asked = new Map<number, number>();
  for (const seen of record.seen) {
    if (seen.what === 'has') upTo.set(seen.connection, seen.revision);
    if (seen.what === 'asked') asked.set(seen.connection, seen.revision);
    if (seen.what === 'diverged') {
      violations.push(violation('documents-agree', `${record.client} found another hash at revision ${seen.revision}`));
    }
    if (seen.what !== 'change') continue;
    let before = upTo.get(seen.connection);
    if (before !== undefined && seen.revision !== before + 1 && asked.get(seen.connection) === seen.revision - 1) {
      before = seen.revision - 1;
      asked.delete(seen.connection);
    }
    if (before === undefined) {
      violations.push(violation('seen-in-order', `${record.client} saw revision ${seen.revision} before any welcome`));
    } else if (seen.revision !== before + 1) {
      const how = seen.revision > before + 1 ? 'a gap' : 'again, or out of order';
      const says = `${record.client} saw revision ${seen.revision} behind ${before} on connection ${seen.connection}: ${how}`;
      violations.push(violation('seen-in-order', says));
    }
    upTo.set(seen.connection, seen.revision);
  }
  return violations;
}

/**
 * What anybody knew to be committed before a change was first submitted comes before it. All clients are in one process,
 * so "before" is known across them too.
 */
function realTime(clients: readonly ClientRecord[], log: Log): readonly Violation[] {
  const all = clients.flatMap(({ client, seen }) => seen.map((each) => ({ client, ...each })));
  all.sort((a, b) => a.at - b.at);
  const violations: Violation[] = [];
  const submitted = new Set<string>();
  let known = { revision: 0, says: '' };
  for (const seen of all) {
    if (seen.what === 'accepted' && seen.revision > known.revision) {
      known = { revision: seen.revision, says: `${seen.changeId} was acknowledged to ${seen.client}` };
    } else if (seen.what === 'change' && seen.revision > known.revision) {
      known = { revision: seen.revision, says: `${seen.changeId} was seen by ${seen.client}` };
    } else if (seen.what === 'submitted' && !submitted.has(seen.changeId)) {
      submitted.add(seen.changeId);
      const revision = log.places(seen.changeId)[0];
      if (revision === undefined || revision > known.revision) continue;
      const later = `${seen.client} submitted ${seen.changeId}, which has revision ${revision}`;
      violations.push(violation('real-time-order', `${known.says} at revision ${known.revision} before ${later}`));
    }
  }
  return violations;
}

/** At the end everybody has the same document at the head of the log, byte by byte. */
function agreeing({ clients, nodes, log }: History): readonly Violation[] {
  const head = log.at(-1)?.revision ?? 0;
  const holders = [
    ...nodes.map(({ node, ...final }) => ({ name: `node ${node}`, final })),
    ...clients.map(({ client, final }) => ({ name: client, final })),
  ];
  const [first] = holders;
  return holders.flatMap(({ name, final }) => {
    if (final.revision !== head) {
      return [violation('documents-agree', `${name} ended at revision ${final.revision}, the log at ${head}`)];
    }
    if (first === undefined || final.form === first.final.form) return [];
    return [violation('documents-agree', `${name} has another document than ${first.name}: ${difference(final, first.final)}`)];
  });
}

function difference({ form: one }: Final, { form: other }: Final): string {
  const length = Math.min(one.length, other.length);
  let at = 0;
  while (at < length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - SHOWN / 2);
  return `at character ${at} …${one.slice(from, from + SHOWN)}… and …${other.slice(from, from + SHOWN)}…`;
}

function only<W extends Seen['what']>({ seen }: ClientRecord, what: W): readonly Of<W>[] {
  return seen.filter((each): each is Of<W> => each.what === what);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function violation(rule: Rule, says: string): Violation {
  return { rule, says };
}
