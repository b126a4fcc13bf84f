import { fold } from '../document/apply.js';
import { DocumentDraft, type Document } from '../document/document.js';
import { readCommittedChange, readSnapshot } from '../protocol/decode.js';
import type { Participant, SessionInfo } from '../protocol/frame.js';
import type { Inverse, Operation } from '../protocol/operation.js';
import type { Problem } from '../protocol/problem.js';
import {
  array,
  boolean,
  field,
  integer,
  MalformedError,
  object,
  optional,
  readParticipant,
  readProblem,
  readSessionInfo,
  shape,
  string,
  type Reader,
} from '../protocol/read.js';
import { readOperation } from '../protocol/readOperation.js';
import type { Kept, KeptChange } from '../sync/restore.js';

// The entries of a bucket: `meta`, `document` with the committed changes behind it as `t…`, what is pending as `c…`,
// and what was refused as `r…`. They are written together, so `meta.revision` is that of the document with its tail.

const VERSION = 1;

/** An own change that the server did not take, kept so that nothing is lost: it can be shown, exported, made again. */
export interface RefusedEdit {
  readonly changeId: string;
  readonly problem: Problem;
  readonly operations: readonly Operation[];
  /** When the answer came, by this machine's clock. */
  readonly at: string;
}

/** What a page knew of its session besides the document. */
export interface Acquaintance {
  readonly info: SessionInfo | undefined;
  readonly self: Participant | undefined;
}

/** A bucket's content. */
export interface Bucket extends Kept, Acquaintance {
  readonly refused: readonly RefusedEdit[];
}

const readOperations = array(readOperation);

const readChange: Reader<KeptChange> = shape(
  { changeId: string, seenRevision: integer, operations: readOperations },
  // An inverse is written by this very code, and of no use to anybody who would forge it.
  { gesture: string, undoes: string, acceptedRevision: integer, inverse: array((each) => each as Inverse) },
);

const readRefused: Reader<RefusedEdit> = shape({
  changeId: string,
  problem: readProblem,
  operations: readOperations,
  at: string,
});

export type Entries = ReadonlyMap<string, string>;

export function metaEntry({ userId, confirmed, initialized }: Omit<Kept, 'changes'>, { info, self }: Acquaintance): string {
  return JSON.stringify({ version: VERSION, revision: confirmed.revision, initialized, userId, info, self });
}

export function documentEntry({ revision, elements, conflicts }: Document): string {
  return JSON.stringify({ revision, document: { elements: [...elements.values()], conflicts: [...conflicts.values()] } });
}

/**
 * Reads a bucket; undefined where it holds no document.
 *
 * @throws MalformedError or SyntaxError where it was written by something else
 */
export function readBucket(entries: Entries): Bucket | undefined {
  const document = entries.get('document');
  const meta = entries.get('meta');
  if (document === undefined || meta === undefined) return undefined;
  const fields = object(JSON.parse(meta), 'meta');
  if (fields['version'] !== VERSION) throw new MalformedError('version', String(VERSION));
  const confirmed = folded(document, startingWith(entries, 't'));
  if (confirmed.revision !== field(fields, 'revision', integer)) {
    throw new MalformedError('revision', String(confirmed.revision));
  }
  return {
    userId: field(fields, 'userId', string),
    info: optional(fields, 'info', readSessionInfo),
    self: optional(fields, 'self', readParticipant),
    confirmed,
    initialized: field(fields, 'initialized', boolean),
    changes: startingWith(entries, 'c').map((text) => readChange(JSON.parse(text), 'change')),
    refused: startingWith(entries, 'r').map((text) => readRefused(JSON.parse(text), 'refused')),
  };
}

/** Whether there is anything in a bucket that is nowhere else. */
export function holdsEdits(entries: Entries): boolean {
  return [...entries.keys()].some((name) => name.startsWith('c') || name.startsWith('r'));
}

function folded(document: string, tail: readonly string[]): Document {
  const draft = DocumentDraft.of(readSnapshot(JSON.parse(document), 'document'));
  for (const text of tail) {
    for (const change of array(readCommittedChange)(JSON.parse(text), 'tail')) {
      if (change.revision === draft.revision + 1) fold(draft, change);
    }
  }
  return draft.finish();
}

/** Texts by name, which is their order. */
function startingWith(entries: Entries, letter: string): readonly string[] {
  const named = [...entries].filter(([name]) => name.startsWith(letter) && name.length > 1 && isCounted(name));
  return named.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
}

function isCounted(name: string): boolean {
  return name.startsWith('r') || /^[ct][0-9]+$/.test(name);
}
