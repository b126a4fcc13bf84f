export type { JsonObject, JsonValue } from './protocol/json.js';
export type {
  AddOperation,
  AppendOperation,
  Choice,
  Component,
  CreateOperation,
  DeleteOperation,
  EffectiveOperation,
  ElementId,
  ItemOperation,
  ListItem,
  MemberOperation,
  MoveOperation,
  Operation,
  Path,
  RebalanceOperation,
  ResolveOperation,
  RestoreOperation,
  SetOperation,
  TextOperation,
  UnsetOperation,
  WithholdOperation,
} from './protocol/operation.js';
export type {
  Action,
  AvatarLook,
  Candidate,
  ChatMessage,
  CommittedChange,
  Conflict,
  ConflictRecord,
  Grant,
  Guest,
  ListItemSnapshot,
  Lock,
  Note,
  Participant,
  ParticipantStatus,
  PolicySettings,
  Resolution,
  Rights,
  Role,
  Self,
  SessionInfo,
  UnseenWrite,
} from './protocol/frame.js';
export { ProblemError, isProblem, type Problem } from './protocol/problem.js';
export type { Strategy } from './protocol/strategy.js';
export type { DocumentView, ElementView } from './document/document.js';
export { documentForm, documentHash } from './document/documentForm.js';
export type { NoteCode } from './document/outcome.js';
export { diffTexts } from './text/textDiff.js';
export type { TextEdit, TextStep } from './text/textEdit.js';
export type { ConnectionState, WebSocketFactory, WebSocketLike } from './transport/transport.js';
export type { AwarenessStates } from './awareness/awareness.js';
export { connect } from './session/session.js';
export type { ConnectOptions, Session, SessionEvents } from './session/api.js';
export type { Gesture, GestureOptions } from './session/gestures.js';
export type { SyncReport } from './session/comeback.js';
export type { Overwritten } from './sync/overwritten.js';
export type { RefusedEdit } from './offline/bucket.js';
export type { OfflineStore } from './offline/store.js';
export { indexedDbStore } from './offline/indexedDb.js';
export {
  closeSession,
  createSession,
  listSessions,
  readChanges,
  readChat,
  readDocument,
  readSession,
  updateSession,
  type ChangesPage,
  type ChangesQuery,
  type ChatPage,
  type CreatedSession,
  type CreateSessionRequest,
  type DocumentAt,
  type SessionDetails,
  type SessionKind,
  type SessionPage,
  type SessionSettings,
  type SessionSummary,
  type Visibility,
} from './rest/rest.js';
export { callerHeaders, type Caller } from './rest/caller.js';
