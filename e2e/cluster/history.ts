import { createHash } from 'node:crypto';

/** The order in which everything in this process happened: what has a smaller tick was before what has a larger one. */
export type Tick = number;

/** One thing that a client saw or did on one of its connections. */
export type Seen = { readonly at: Tick; readonly connection: number } & (
  | { readonly what: 'opened'; readonly node: string }
  /** The document up to a revision came with a welcome, a snapshot, or is what the client said that it has. */
  | { readonly what: 'has'; readonly revision: number }
  /** Asked for what comes behind a revision, where it may have missed something: it comes again from there. */
  | { readonly what: 'asked'; readonly revision: number }
  | { readonly what: 'submitted'; readonly changeId: string }
  | { readonly what: 'accepted'; readonly changeId: string; readonly revision: number }
  | { readonly what: 'refused'; readonly changeId: string; readonly problem: string }
  | { readonly what: 'change'; readonly changeId: string; readonly revision: number; readonly hash: string }
  /** The hash that came with changes was not that of the client's document (CHG-6). */
  | { readonly what: 'diverged'; readonly revision: number }
);

/** A document as its holder has it at the end; `form` is its canonical text. */
export interface Final {
  readonly revision: number;
  readonly form: string;
}

export interface ClientRecord {
  readonly client: string;
  /** In the order of its ticks. */
  readonly seen: readonly Seen[];
  readonly final: Final;
}

/** A change as the log has it, read when all was over. */
export interface Logged {
  readonly revision: number;
  readonly changeId: string;
  readonly hash: string;
}

/** All that is known of one session: what each client saw, the log, and the document as each node answers it. */
export interface History {
  readonly clients: readonly ClientRecord[];
  readonly log: readonly Logged[];
  readonly nodes: readonly (Final & { readonly node: string })[];
}

/** Fingerprint of a JSON value, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(sortedJson(value)).digest('hex').slice(0, 16);
}

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${sortedJson(each)}`).join(',')}}`;
}
