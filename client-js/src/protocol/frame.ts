import type { JsonObject, JsonValue } from './json.js';
import type { Choice, EffectiveOperation, ElementId, ListItem, Operation, Path } from './operation.js';
import type { Problem } from './problem.js';
import type { Strategy } from './strategy.js';

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

/** How large frames, a document and its parts may become. */
export interface Limits {
  readonly frameBytes: number;
  readonly changesPerFrame: number;
  readonly operationsPerChange: number;
  readonly changeBytes: number;
  /** A value's canonical form, in UTF-8. */
  readonly valueBytes: number;
  /** Nesting of arrays and objects in a value. */
  readonly valueDepth: number;
  /** In UTF-16 code units. */
  readonly textLength: number;
  /** Deleted ones included. */
  readonly elements: number;
  readonly treeDepth: number;
  /** Properties, texts, lists and sets of one element. */
  readonly names: number;
  /** Retracted ones included. */
  readonly listItems: number;
  /** Those taken out included. */
  readonly setMembers: number;
  /** Writes that wait in one conflict. */
  readonly candidates: number;
  readonly awarenessBytes: number;
}

/** What people should know: an operation did not do just what it says, or did it to somebody. */
export interface Note {
  readonly code: string;
  readonly element?: ElementId;
  /** The index in the submitted change. */
  readonly operation?: number;
  /** The register, where it is about one. */
  readonly path?: Path;
  /** The value that was overwritten, if there was one. */
  readonly lost?: JsonValue;
  /** What others wrote there, unseen by the author. */
  readonly writes?: readonly UnseenWrite[];
  /** The record in which the write waits. */
  readonly conflict?: string;
}

export interface UnseenWrite {
  readonly element: ElementId;
  readonly revision: number;
  readonly userId: string;
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

/** An item of a list; one that was retracted keeps its place. */
export type ListItemSnapshot = ListItem & { readonly retracted?: true };

export interface ElementSnapshot {
  readonly id: ElementId;
  readonly elementType: string;
  readonly parent: ElementId | null;
  readonly order: string;
  readonly deleted: boolean;
  readonly refs: readonly ElementId[];
  readonly props: JsonObject;
  /** Those that are not empty. */
  readonly texts: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, readonly ListItemSnapshot[]>>;
  /** Whether each is a member; those that were taken out are still known. */
  readonly sets: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

/** A write that waits for a decision. */
export interface Candidate {
  readonly at: string;
  readonly clientId: string;
  /** What its author saw there, if they said so. */
  readonly previous?: JsonValue;
  readonly revision: number;
  readonly userId: string;
  /** Absent for a write that would have removed the register. */
  readonly value?: JsonValue;
}

/** How a conflict ended: who chose what, and when. */
export interface Resolution {
  readonly at: string;
  readonly choice: Choice;
  readonly revision: number;
  readonly userId: string;
}

/** One register about which people have to decide: the document keeps its present value, the candidates wait. */
export interface ConflictRecord {
  readonly id: string;
  readonly element: ElementId;
  readonly path: Path;
  /** The newest last. */
  readonly candidates: readonly Candidate[];
  readonly resolution?: Resolution;
  readonly status: 'OPEN' | 'RESOLVED' | 'SUPERSEDED';
}

export interface Snapshot {
  readonly revision: number;
  readonly document: {
    readonly elements: readonly ElementSnapshot[];
    readonly conflicts: readonly ConflictRecord[];
  };
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
  /** Refuse the change where anything of it meets an unseen write or comes to nothing. */
  readonly strict?: boolean;
  /** The strategy for all of its writes, in the place of the session's policies. */
  readonly onConflict?: Strategy;
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

/** Undoes the change `changeId`, or redoes it where that is an undo itself (UND-9); `undoId` names the change that this becomes. */
export interface UndoFrame {
  readonly type: 'undo';
  readonly changeId: string;
  readonly undoId: string;
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

export type ClientFrame = HelloFrame | SubmitFrame | UndoFrame | ResyncFrame | AwarenessStateFrame | PingFrame;

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
