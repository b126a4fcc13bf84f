export type { JsonObject, JsonValue } from './protocol/json.js';
export type {
  AddOperation,
  CreateOperation,
  DeleteOperation,
  EffectiveOperation,
  ElementId,
  MoveOperation,
  Operation,
  Path,
  RestoreOperation,
  SetOperation,
  UnsetOperation,
} from './protocol/operation.js';
export type { CommittedChange, Guest, Note, Participant, SessionInfo } from './protocol/frame.js';
export { ProblemError, isProblem, type Problem } from './protocol/problem.js';
export type { DocumentView, ElementView } from './document/document.js';
export type { ConnectionState, WebSocketFactory, WebSocketLike } from './transport/transport.js';
export type { AwarenessStates } from './awareness/awareness.js';
export { connect, type ConnectOptions, type Session, type SessionEvents } from './session/session.js';
export {
  closeSession,
  createSession,
  listSessions,
  readSession,
  type CreatedSession,
  type CreateSessionRequest,
  type SessionDetails,
  type SessionKind,
  type SessionPage,
  type Visibility,
} from './rest/rest.js';
