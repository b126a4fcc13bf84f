import type {
  Candidate,
  Conflict,
  CommittedChange,
  CurrentValue,
  ConflictRecord,
  ElementSnapshot,
  Limits,
  ListItemSnapshot,
  Lock,
  Note,
  PresenceFrame,
  Resolution,
  ServerFrame,
  Snapshot,
  UnseenWrite,
  WelcomeFrame,
} from './frame.js';
import { DEFAULT_LIMITS } from './limits.js';
import { CHOICES } from './operation.js';
import {
  array,
  boolean,
  field,
  integer,
  jsonObject,
  MalformedError,
  number,
  object,
  oneOf,
  optional,
  present,
  readChatMessage,
  readParticipant,
  readProblem,
  readRights,
  readSelf,
  readSessionInfo,
  record,
  shape,
  string,
  type Fields,
  type Reader,
} from './read.js';
import {
  elementId,
  id,
  named,
  orderKey,
  path,
  properties,
  readEffectiveOperation,
  readItem,
  textProperties,
  value as readValue,
} from './readOperation.js';

const readLock: Reader<Lock> = shape({
  element: elementId,
  participantId: string,
  userId: string,
  name: string,
  lease: integer,
  expiresAt: string,
});

const readUnseenWrite: Reader<UnseenWrite> = shape({ element: elementId, revision: integer, userId: string });

const readName = shape({}, { name: string });

const readResolution: Reader<Resolution> = shape({
  at: string,
  choice: oneOf(CHOICES),
  revision: integer,
  userId: string,
});

const readAccepted = shape({ changeId: string, revision: integer });

const readRefused = shape({ changeId: string, problem: readProblem });

const readPong = shape({ t: number, revision: integer }, { serverTime: string });

const readError = shape(
  { problem: readProblem },
  { about: shape({ type: string }, { element: string, messageId: string }) },
);

/**
 * Decodes a server's frame; undefined for a type that only newer servers send.
 * This is the one place that checks: everything behind it trusts the types.
 *
 * @throws MalformedError
 */
export function decodeFrame(data: unknown): ServerFrame | undefined {
  const frame = object(parse(string(data, 'frame')), 'frame');
  const type = field(frame, 'type', string);
  switch (type) {
    case 'welcome':
      return readWelcome(frame);
    case 'authenticated':
      return { type, expiresAt: field(frame, 'expiresAt', string) };
    case 'changes':
      return readChanges(frame);
    case 'accepted':
      return { type, ...readAccepted(frame, type), notes: readNotes(frame) };
    case 'refused':
      return { type, ...readRefused(frame, type) };
    case 'snapshot':
      return { type, ...readSnapshot(frame, 'snapshot') };
    case 'awareness':
      return { type, states: new Map(Object.entries(field(frame, 'states', record(jsonObject)))) };
    case 'presence':
      return readPresence(frame);
    case 'pong':
      return { type, ...readPong(frame, type) };
    case 'bye':
      return {
        type,
        reason: field(frame, 'reason', string),
        reconnect: field(frame, 'reconnect', boolean),
        retryAfterSeconds: optional(frame, 'retryAfter', number) ?? 0,
      };
    case 'error':
      return { type, ...readError(frame, type) };
    case 'locks':
      return {
        type,
        locked: optional(frame, 'locked', array(readLock)) ?? [],
        unlocked: optional(frame, 'unlocked', array(elementId)) ?? [],
      };
    case 'chat':
      return { type, ...readChatMessage(frame, 'chat') };
    case 'conflict':
      return { type, record: field(frame, 'record', readConflict) };
    case 'session':
      return { type, session: field(frame, 'session', readSessionInfo) };
    case 'permissions':
      return { type, ...readRights(frame, 'permissions') };
    case 'branch':
    case 'mergeRequest':
    case 'version':
      return { type, news: jsonObject(frame, type) };
    default:
      return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedError('frame', 'JSON');
  }
}

const readGreeting = shape(
  {
    session: readSessionInfo,
    self: readSelf,
    participants: array(readParticipant),
    revision: integer,
    limits: readLimits,
    heartbeatSeconds: number,
  },
  { conflicts: array(readConflict), expiresAt: string },
);

function readWelcome(frame: Fields): WelcomeFrame {
  const snapshot = optional(frame, 'snapshot', readSnapshot);
  return {
    type: 'welcome',
    ...readGreeting(frame, 'welcome'),
    start: snapshot ? { snapshot } : { resumedFrom: field(frame, 'resumedFrom', integer) },
    locks: optional(frame, 'locks', array(readLock)) ?? [],
  };
}

function readChanges(frame: Fields): ServerFrame {
  const hash = optional(frame, 'hash', string);
  const changes = field(frame, 'changes', array(readCommittedChange));
  return { type: 'changes', changes, ...(hash !== undefined && { hash }) };
}

function readPresence(frame: Fields): PresenceFrame {
  return {
    type: 'presence',
    joined: optional(frame, 'joined', array(readParticipant)) ?? [],
    left: optional(frame, 'left', array(string)) ?? [],
    updated: optional(frame, 'updated', array(readParticipant)) ?? [],
  };
}

/** What a server does not tell is as it is by default. */
function readLimits(value: unknown, where: string): Limits {
  const limits = object(value, where);
  const told = Object.keys(DEFAULT_LIMITS).map((name) => [name, optional(limits, name, integer)] as const);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(told.filter(([, limit]) => limit !== undefined)) };
}

/** Reads a change as the server committed it. */
export function readCommittedChange(value: unknown, where: string): CommittedChange {
  const change = object(value, where);
  return {
    revision: field(change, 'revision', integer),
    changeId: field(change, 'changeId', string),
    userId: field(change, 'userId', string),
    participantId: field(change, 'participantId', string),
    at: field(change, 'at', string),
    kind: field(change, 'kind', string),
    operations: field(change, 'operations', array(readEffectiveOperation)),
    notes: readNotes(change),
  };
}

function readNotes(fields: Fields): readonly Note[] {
  return optional(fields, 'notes', array(readNote)) ?? [];
}

const readPlainNote = shape(
  { code: string },
  { element: string, operation: integer, path, writes: array(readUnseenWrite), conflict: string },
);

function readNote(value: unknown, where: string): Note {
  const lost = present(object(value, where), 'lost', readValue);
  return { ...readPlainNote(value, where), ...(lost !== undefined && { lost }) };
}

/** Reads a whole document. */
export function readSnapshot(value: unknown, where: string): Snapshot {
  const snapshot = object(value, where);
  const document = field(snapshot, 'document', object);
  return {
    revision: field(snapshot, 'revision', integer),
    document: {
      elements: field(document, 'elements', array(readElement)),
      conflicts: optional(document, 'conflicts', array(readRecord)) ?? [],
    },
  };
}

function readElement(value: unknown, where: string): ElementSnapshot {
  const element = object(value, where);
  return {
    id: field(element, 'id', elementId),
    elementType: field(element, 'elementType', string),
    parent: optional(element, 'parent', elementId) ?? null,
    order: field(element, 'order', orderKey),
    deleted: optional(element, 'deleted', boolean) ?? false,
    refs: optional(element, 'refs', array(elementId)) ?? [],
    props: optional(element, 'props', properties) ?? {},
    texts: optional(element, 'texts', textProperties) ?? {},
    lists: optional(element, 'lists', named(array(readListItem))) ?? {},
    sets: optional(element, 'sets', named(named(boolean))) ?? {},
  };
}

function readListItem(value: unknown, where: string): ListItemSnapshot {
  const retracted = optional(object(value, where), 'retracted', boolean);
  return { ...readItem(value, where), ...(retracted === true && { retracted }) };
}

/** Reads what people are told of a conflict; the document holds no names. */
function readConflict(value: unknown, where: string): Conflict {
  const conflict = object(value, where);
  const names = field(conflict, 'candidates', array(readName));
  const { candidates, ...record } = readRecord(value, where);
  const named = candidates.map((candidate, index) => ({ ...candidate, ...names[index] }));
  return { ...record, candidates: named, current: optional(conflict, 'current', readCurrent) ?? {} };
}

function readCurrent(value: unknown, where: string): CurrentValue {
  const held = present(object(value, where), 'value', readValue);
  return { ...(held !== undefined && { value: held }), ...shape({}, { userId: string, name: string })(value, where) };
}

function readRecord(value: unknown, where: string): ConflictRecord {
  const conflict = object(value, where);
  const resolution = optional(conflict, 'resolution', readResolution);
  return {
    id: field(conflict, 'id', id),
    element: field(conflict, 'element', elementId),
    path: field(conflict, 'path', path),
    candidates: field(conflict, 'candidates', array(readCandidate)),
    ...(resolution && { resolution }),
    status: !resolution ? 'OPEN' : resolution.choice === 'SUPERSEDED' ? 'SUPERSEDED' : 'RESOLVED',
  };
}

function readCandidate(json: unknown, where: string): Candidate {
  const candidate = object(json, where);
  const previous = present(candidate, 'previous', readValue);
  const value = present(candidate, 'value', readValue);
  return {
    at: field(candidate, 'at', string),
    clientId: field(candidate, 'clientId', string),
    ...(previous !== undefined && { previous }),
    revision: field(candidate, 'revision', integer),
    userId: field(candidate, 'userId', string),
    ...(value !== undefined && { value }),
  };
}
