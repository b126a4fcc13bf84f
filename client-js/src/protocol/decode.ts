import type {
  CommittedChange,
  ElementSnapshot,
  Limits,
  Note,
  PresenceFrame,
  ServerFrame,
  Snapshot,
  WelcomeFrame,
} from './frame.js';
import {
  array,
  boolean,
  field,
  integer,
  jsonObject,
  MalformedError,
  number,
  object,
  optional,
  readParticipant,
  readProblem,
  readSessionInfo,
  record,
  string,
  type Fields,
} from './read.js';
import { elementId, properties, readEffectiveOperation, textProperties } from './readOperation.js';

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
    case 'changes':
      return { type, changes: field(frame, 'changes', array(readCommittedChange)) };
    case 'accepted':
      return {
        type,
        changeId: field(frame, 'changeId', string),
        revision: field(frame, 'revision', integer),
        notes: readNotes(frame),
      };
    case 'refused':
      return { type, changeId: field(frame, 'changeId', string), problem: field(frame, 'problem', readProblem) };
    case 'snapshot':
      return { type, ...readSnapshot(frame, 'snapshot') };
    case 'awareness':
      return { type, states: new Map(Object.entries(field(frame, 'states', record(jsonObject)))) };
    case 'presence':
      return readPresence(frame);
    case 'pong':
      return { type, t: field(frame, 't', number), revision: field(frame, 'revision', integer) };
    case 'bye':
      return {
        type,
        reason: field(frame, 'reason', string),
        reconnect: field(frame, 'reconnect', boolean),
        retryAfterSeconds: optional(frame, 'retryAfter', number) ?? 0,
      };
    case 'error':
      return { type, problem: field(frame, 'problem', readProblem) };
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

function readWelcome(frame: Fields): WelcomeFrame {
  const snapshot = optional(frame, 'snapshot', readSnapshot);
  return {
    type: 'welcome',
    session: field(frame, 'session', readSessionInfo),
    self: field(frame, 'self', readParticipant),
    participants: field(frame, 'participants', array(readParticipant)),
    revision: field(frame, 'revision', integer),
    start: snapshot ? { snapshot } : { resumedFrom: field(frame, 'resumedFrom', integer) },
    limits: field(frame, 'limits', readLimits),
    heartbeatSeconds: field(frame, 'heartbeatSeconds', number),
  };
}

function readPresence(frame: Fields): PresenceFrame {
  return {
    type: 'presence',
    joined: optional(frame, 'joined', array(readParticipant)) ?? [],
    left: optional(frame, 'left', array(string)) ?? [],
    updated: optional(frame, 'updated', array(readParticipant)) ?? [],
  };
}

function readLimits(value: unknown, where: string): Limits {
  const limits = object(value, where);
  return {
    frameBytes: field(limits, 'frameBytes', integer),
    changesPerFrame: field(limits, 'changesPerFrame', integer),
    operationsPerChange: field(limits, 'operationsPerChange', integer),
    changeBytes: field(limits, 'changeBytes', integer),
    valueBytes: field(limits, 'valueBytes', integer),
    valueDepth: field(limits, 'valueDepth', integer),
    elements: field(limits, 'elements', integer),
    treeDepth: field(limits, 'treeDepth', integer),
    awarenessBytes: field(limits, 'awarenessBytes', integer),
  };
}

function readCommittedChange(value: unknown, where: string): CommittedChange {
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

function readNote(value: unknown, where: string): Note {
  const note = object(value, where);
  const element = optional(note, 'element', string);
  const operation = optional(note, 'operation', integer);
  return {
    code: field(note, 'code', string),
    ...(element !== undefined && { element }),
    ...(operation !== undefined && { operation }),
  };
}

function readSnapshot(value: unknown, where: string): Snapshot {
  const snapshot = object(value, where);
  const document = field(snapshot, 'document', object);
  return {
    revision: field(snapshot, 'revision', integer),
    document: { elements: field(document, 'elements', array(readElement)) },
  };
}

function readElement(value: unknown, where: string): ElementSnapshot {
  const element = object(value, where);
  return {
    id: field(element, 'id', elementId),
    elementType: field(element, 'elementType', string),
    parent: optional(element, 'parent', elementId) ?? null,
    order: field(element, 'order', string),
    deleted: optional(element, 'deleted', boolean) ?? false,
    refs: optional(element, 'refs', array(elementId)) ?? [],
    props: optional(element, 'props', properties) ?? {},
    texts: optional(element, 'texts', textProperties) ?? {},
  };
}
