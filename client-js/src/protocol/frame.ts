import type { Policy } from '../document/policies.js';
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
  /** How conflicts are settled, by `elementType.property` (CNF-5); absent where the server does not tell. */
  readonly conflictPolicy?: PolicySettings;
}

/** Policies by `elementType.property`; either side may be `*`. What an entry leaves out is as it is by default. */
export type PolicySettings = Readonly<Record<string, Partial<Policy>>>;

/** Whether a participant is there: {@link Participant.status} is one of these; newer servers may know more. */
export type ParticipantStatus = 'ONLINE' | 'EDITING' | 'AWAY' | 'OFFLINE';

export interface Participant {
  readonly participantId: string;
  readonly userId: string;
  readonly name: string;
  readonly color: string;
  readonly role: string;
  /** A {@link ParticipantStatus}, or a word of a newer server. */
  readonly status: string;
  /** Absent for guests, and for those who chose none. */
  readonly look?: AvatarLook;
  /** Where their picture is, relative to the server; absent where there is none. */
  readonly picture?: string;
}

/** What somebody's head looks like in a scene (ACC-15); its own colour is the person's. Newer servers may know more words. */
export interface AvatarLook {
  /** `round`, `cube`, `capsule` or `gem`. */
  readonly shape: string;
  /** The colour of what the eyes are on: `night`, `ocean`, `forest`, `plum`, `ruby`, `amber`, `sand` or `snow`. */
  readonly visor: string;
  /** The colour of what is worn, one of the same. */
  readonly accent: string;
  /** Of `cap`, `crown`, `antenna` and `bow` at most one; `headphones`, `glasses`. */
  readonly accessories: readonly string[];
}

/** What somebody is in a session; newer servers may know more. */
export type Role = 'OWNER' | 'ADMIN' | 'COLLABORATOR' | 'VIEWER';

/** What somebody may be allowed to do (docs/permissions.md); newer servers may know more. */
export type Action =
  | 'CREATE'
  | 'EDIT'
  | 'MOVE_OUT'
  | 'MOVE_IN'
  | 'DELETE'
  | 'CONSTRAIN'
  | 'RESOLVE'
  | 'LOCK'
  | 'MERGE'
  | 'CHAT'
  | 'SETTINGS'
  | 'MEMBERS'
  | 'MODERATE'
  | 'CLOSE';

/** Allows or denies somebody something in a part of the document (PRM-4). */
export interface Grant {
  /** Either this user, */
  readonly user?: string;
  /** or everybody of this {@link Role}. */
  readonly role?: string;
  /** With all below it; the whole document where absent. */
  readonly element?: ElementId;
  /** `elementType.property`, either may be `*`; all that is done where absent. */
  readonly property?: string;
  /** Each an {@link Action}. */
  readonly actions: readonly string[];
  readonly allow: boolean;
}

/** What one may do (PRM-7). */
export interface Rights {
  /** A {@link Role}, or a word of a newer server. */
  readonly role: string;
  /** Each an {@link Action}: what one's role allows at this moment where no grant says otherwise. */
  readonly permissions: readonly string[];
  /** Those about oneself. */
  readonly grants: readonly Grant[];
  /** Whether nobody below ADMIN edits. */
  readonly frozen: boolean;
  /** Between two of one's chat messages. */
  readonly slowModeSeconds: number;
}

/** Oneself; what one may do is absent where the server does not tell, and before there was a connection. */
export interface Self extends Participant, Partial<Omit<Rights, 'role'>> {}

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
  /** Of a chat message, in UTF-16 code units. */
  readonly chatLength: number;
  /** That one participant may hold. */
  readonly locks: number;
  /** The longest lease of a lock. */
  readonly leaseSeconds: number;
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

/** What a register with an open conflict holds at present, and who wrote it where that is known. */
export interface CurrentValue {
  /** Absent where the register is empty. */
  readonly value?: JsonValue;
  readonly userId?: string;
  readonly name?: string;
}

/** A {@link ConflictRecord} as people are told of it: with names where they are known, and the present value. */
export interface Conflict extends Omit<ConflictRecord, 'candidates'> {
  /** The newest last. */
  readonly candidates: readonly (Candidate & { readonly name?: string })[];
  readonly current: CurrentValue;
}

/** A lease on an element and all below it. */
export interface Lock {
  readonly element: ElementId;
  readonly participantId: string;
  readonly userId: string;
  readonly name: string;
  /** Grows with each lease of the branch; prolonging keeps it. */
  readonly lease: number;
  /** By the server's clock, RFC 3339. */
  readonly expiresAt: string;
}

export interface ChatMessage {
  /** A decimal number that grows from message to message. */
  readonly id: string;
  /** The name that its author gave it. */
  readonly messageId?: string;
  readonly userId: string;
  readonly participantId: string;
  readonly name: string;
  readonly text: string;
  readonly at: string;
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
  /** An access token or an API key (ACC-4); without it `guest` says who comes. */
  readonly token?: string;
  readonly guest?: Guest;
  /** With a token: in the place of the account's. */
  readonly color?: string;
  readonly clientId: string;
  /** `main` where absent. */
  readonly branch?: string;
  readonly revision?: number;
  /** The participant that one was before a reload (HEL-8). */
  readonly seat?: string;
  /** The session's, of who is no member yet (PRM-5). */
  readonly password?: string;
  /** The token of an invitation (PRM-6). */
  readonly invitation?: string;
}

/** A fresh token before the last one expires (ACC-5). */
export interface AuthenticateFrame {
  readonly type: 'authenticate';
  readonly token: string;
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
  /** Demands the whole document in the place of changes. */
  readonly snapshot?: true;
}

export interface LockFrame {
  readonly type: 'lock';
  readonly element: ElementId;
  readonly leaseSeconds?: number;
}

export interface UnlockFrame {
  readonly type: 'unlock';
  readonly element: ElementId;
}

export interface ChatTextFrame {
  readonly type: 'chat';
  readonly text: string;
  readonly messageId: string;
}

export interface AwarenessStateFrame {
  readonly type: 'awareness';
  readonly state: JsonObject;
  /** `false`: the state replaces the earlier one as a whole. */
  readonly partial?: false;
}

export interface PingFrame {
  readonly type: 'ping';
  readonly t: number;
}

export type ClientFrame =
  | HelloFrame
  | AuthenticateFrame
  | SubmitFrame
  | UndoFrame
  | ResyncFrame
  | AwarenessStateFrame
  | LockFrame
  | UnlockFrame
  | ChatTextFrame
  | PingFrame;

export interface WelcomeFrame {
  readonly type: 'welcome';
  readonly session: SessionInfo;
  readonly self: Self;
  readonly participants: readonly Participant[];
  readonly revision: number;
  readonly start: { readonly snapshot: Snapshot } | { readonly resumedFrom: number };
  readonly locks: readonly Lock[];
  /** The open ones; absent where the server does not tell. */
  readonly conflicts?: readonly Conflict[];
  readonly limits: Limits;
  readonly heartbeatSeconds: number;
  /** When the token expires by which one came in, RFC 3339; absent for guests. */
  readonly expiresAt?: string;
}

/** A fresh token counts from now on. */
export interface AuthenticatedFrame {
  readonly type: 'authenticated';
  readonly expiresAt: string;
}

export interface ChangesFrame {
  readonly type: 'changes';
  readonly changes: readonly CommittedChange[];
  /** Of the document behind the last of them (CHG-6). */
  readonly hash?: string;
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

export interface LocksFrame {
  readonly type: 'locks';
  readonly locked: readonly Lock[];
  readonly unlocked: readonly ElementId[];
}

export interface ChatFrame extends ChatMessage {
  readonly type: 'chat';
}

export interface ConflictFrame {
  readonly type: 'conflict';
  readonly record: Conflict;
}

export interface SessionInfoFrame {
  readonly type: 'session';
  readonly session: SessionInfo;
}

export interface PermissionsFrame extends Rights {
  readonly type: 'permissions';
}

/** Something of the session's history is new or different, on whichever branch. */
export interface HistoryFrame {
  readonly type: 'branch' | 'mergeRequest' | 'version';
  /** The frame as it came: the readers of `@chorale/client/history` say what it tells. */
  readonly news: JsonObject;
}

export interface PongFrame {
  readonly type: 'pong';
  readonly t: number;
  /** RFC 3339; absent where the server does not tell. */
  readonly serverTime?: string;
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
  readonly about?: ErrorSubject;
}

/** Which frame an `error` answers (CON-10). */
export interface ErrorSubject {
  readonly type: string;
  readonly element?: ElementId;
  readonly messageId?: string;
}

/** A frame as decoded: the rest of the client trusts it. */
export type ServerFrame =
  | WelcomeFrame
  | AuthenticatedFrame
  | ChangesFrame
  | AcceptedFrame
  | RefusedFrame
  | SnapshotFrame
  | AwarenessFrame
  | PresenceFrame
  | LocksFrame
  | ChatFrame
  | ConflictFrame
  | SessionInfoFrame
  | PermissionsFrame
  | HistoryFrame
  | PongFrame
  | ByeFrame
  | ErrorFrame;
