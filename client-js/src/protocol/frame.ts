import type { JsonObject } from './json.js';
import type { EffectiveOperation, ElementId, Operation } from './operation.js';
import type { Problem } from './problem.js';

export interface SessionInfo {
  readonly sessionId: string;
  readonly name: string;
  readonly kind: string;
  readonly maxUsers: number;
  readonly createdAt: string;
}

export interface Participant {
  readonly participantId: string;
  readonly userId: string;
  readonly name: string;
  readonly color: string;
  readonly role: string;
  readonly status: string;
}

export interface Limits {
  readonly frameBytes: number;
  readonly changesPerFrame: number;
  readonly operationsPerChange: number;
  readonly changeBytes: number;
  readonly valueBytes: number;
  readonly valueDepth: number;
  readonly elements: number;
  readonly treeDepth: number;
  readonly awarenessBytes: number;
}

/** What became of an operation that was not done as asked. */
export interface Note {
  readonly code: string;
  readonly element?: ElementId;
  readonly operation?: number;
}

/** A change in the session's order, with the operations that the server made of it. */
export interface CommittedChange {
  readonly revision: number;
  readonly changeId: string;
  readonly userId: string;
  readonly participantId: string;
  readonly at: string;
  readonly kind: string;
  readonly operations: readonly EffectiveOperation[];
  readonly notes: readonly Note[];
}

export interface ElementSnapshot {
  readonly id: ElementId;
  readonly elementType: string;
  readonly parent: ElementId | null;
  readonly order: string;
  readonly deleted: boolean;
  readonly refs: readonly ElementId[];
  readonly props: JsonObject;
  readonly texts: Readonly<Record<string, string>>;
}

export interface Snapshot {
  readonly revision: number;
  readonly document: { readonly elements: readonly ElementSnapshot[] };
}

export interface Guest {
  readonly name: string;
  readonly color: string;
  readonly secret?: string;
}

/** A change on the wire: frozen, so that sending it again is sending the same. */
export interface SubmittedChange {
  readonly changeId: string;
  readonly baseRevision: number;
  readonly seenRevision: number;
  readonly operations: readonly Operation[];
}

export interface HelloFrame {
  readonly type: 'hello';
  readonly guest: Guest;
  readonly clientId: string;
  readonly revision?: number;
}

export interface SubmitFrame {
  readonly type: 'submit';
  readonly changes: readonly SubmittedChange[];
}

export interface ResyncFrame {
  readonly type: 'resync';
  readonly revision: number;
}

export interface AwarenessStateFrame {
  readonly type: 'awareness';
  readonly state: JsonObject;
}

export interface PingFrame {
  readonly type: 'ping';
  readonly t: number;
}

export type ClientFrame = HelloFrame | SubmitFrame | ResyncFrame | AwarenessStateFrame | PingFrame;

export interface WelcomeFrame {
  readonly type: 'welcome';
  readonly session: SessionInfo;
  readonly self: Participant;
  readonly participants: readonly Participant[];
  readonly revision: number;
  readonly start: { readonly snapshot: Snapshot } | { readonly resumedFrom: number };
  readonly limits: Limits;
  readonly heartbeatSeconds: number;
}

export interface ChangesFrame {
  readonly type: 'changes';
  readonly changes: readonly CommittedChange[];
}

export interface AcceptedFrame {
  readonly type: 'accepted';
  readonly changeId: string;
  readonly revision: number;
  readonly notes: readonly Note[];
}

export interface RefusedFrame {
  readonly type: 'refused';
  readonly changeId: string;
  readonly problem: Problem;
}

export interface SnapshotFrame extends Snapshot {
  readonly type: 'snapshot';
}

export interface AwarenessFrame {
  readonly type: 'awareness';
  readonly states: ReadonlyMap<string, JsonObject>;
}

export interface PresenceFrame {
  readonly type: 'presence';
  readonly joined: readonly Participant[];
  readonly left: readonly string[];
  readonly updated: readonly Participant[];
}

export interface PongFrame {
  readonly type: 'pong';
  readonly t: number;
  readonly revision: number;
}

export interface ByeFrame {
  readonly type: 'bye';
  readonly reason: string;
  readonly reconnect: boolean;
  readonly retryAfterSeconds: number;
}

export interface ErrorFrame {
  readonly type: 'error';
  readonly problem: Problem;
}

/** A frame as decoded: the rest of the client trusts it. */
export type ServerFrame =
  | WelcomeFrame
  | ChangesFrame
  | AcceptedFrame
  | RefusedFrame
  | SnapshotFrame
  | AwarenessFrame
  | PresenceFrame
  | PongFrame
  | ByeFrame
  | ErrorFrame;
