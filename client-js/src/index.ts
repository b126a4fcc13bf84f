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
  Candidate,
  CommittedChange,
  ConflictRecord,
  Guest,
  ListItemSnapshot,
  Note,
  Participant,
  Resolution,
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
