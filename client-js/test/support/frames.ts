import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type {
  CommittedChange,
  ElementSnapshot,
  Participant,
  SessionInfo,
  WelcomeFrame,
} from '../../src/protocol/frame.js';
import type { CreateOperation, EffectiveOperation, SetOperation } from '../../src/protocol/operation.js';
import type { JsonObject, JsonValue } from '../../src/protocol/json.js';

export const SESSION: SessionInfo = {
  sessionId: 'S1',
  name: 'Bridge',
  kind: 'scene',
  maxUsers: 8,
  createdAt: '2025-01-01T00:00:00Z',
};

export function participant(id: string): Participant {
  return { participantId: id, userId: `u-${id}`, name: id, color: '#336699', role: 'COLLABORATOR', status: 'ONLINE' };
}

export function element(id: string, order: string, fields: Partial<ElementSnapshot> = {}): ElementSnapshot {
  const content = { refs: [], props: {}, texts: {}, lists: {}, sets: {} };
  return { id, elementType: 'box', parent: null, order, deleted: false, ...content, ...fields };
}

export function create(id: string, fields: Partial<CreateOperation> = {}): CreateOperation {
  return { op: 'create', id, elementType: 'box', parent: null, ...fields };
}

export function created(id: string, order: string, props: JsonObject = {}): EffectiveOperation {
  return { op: 'create', id, elementType: 'box', parent: null, order, props };
}

export function set(id: string, property: string, value: JsonValue): SetOperation {
  return { op: 'set', id, path: [property], value };
}

export function committed(revision: number, changeId: string, ...operations: EffectiveOperation[]): CommittedChange {
  return {
    revision,
    changeId,
    userId: 'u',
    participantId: 'p',
    at: '2025-01-01T00:00:00Z',
    kind: 'edit',
    operations,
    notes: [],
  };
}

export function welcome(start: WelcomeFrame['start'], revision: number): WelcomeFrame {
  return {
    type: 'welcome',
    session: SESSION,
    self: participant('p1'),
    participants: [participant('p1')],
    revision,
    start,
    locks: [],
    limits: DEFAULT_LIMITS,
    heartbeatSeconds: 20,
  };
}

export function welcomeWith(revision: number, ...elements: ElementSnapshot[]): WelcomeFrame {
  return welcome({ snapshot: { revision, document: { elements, conflicts: [] } } }, revision);
}

/** The welcome as a server writes it. */
export function wireWelcome({ start, ...frame }: WelcomeFrame): string {
  return JSON.stringify({
    ...frame,
    ...start,
    branch: 'main',
    conflicts: frame.conflicts ?? [],
    iceServers: [],
    serverVersion: '1',
  });
}
