import { Document } from '../../src/document/document.js';
import { Frame, type Decision } from '../../src/document/frame.js';
import { DEFAULT_RULES, type Rules } from '../../src/document/outcome.js';
import { readChange } from '../../src/protocol/checked.js';
import { own, readComponent } from '../../src/document/components.js';
import { documentHash } from '../../src/document/documentForm.js';
import type {
  ChatMessage,
  CommittedChange,
  ConflictRecord,
  Lock,
  Snapshot,
  SubmittedChange,
} from '../../src/protocol/frame.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { Inverse } from '../../src/protocol/operation.js';
import { problem, ProblemError, type Problem } from '../../src/protocol/problem.js';
import { participant, SESSION } from './frames.js';

export interface ServerConnection {
  readonly participantId: string;
  readonly userId: string;
  send(frame: object): void;
}

/** What a server may have against a change besides the rules; `stored` where nobody could tell that it was stored. */
export interface Refusal {
  readonly problem: Problem;
  readonly stored: boolean;
}

export interface Setting {
  /** How far behind a client may be and still get changes instead of a snapshot. */
  readonly resumeLimit?: number;
  readonly rules?: Rules;
  readonly textMemory?: number;
  /** Every so many revisions a `changes` frame tells the document's hash. */
  readonly hashEvery?: number;
  refuses?(changeId: string, change?: SubmittedChange): Refusal | undefined;
}

/** A server in memory: the rules of {@link Frame}, one order, and frames to everybody. */
export class FakeServer {
  readonly log: CommittedChange[] = [];
  readonly chat: ChatMessage[] = [];
  readonly locks = new Map<string, Lock>();
  #leases = 0;
  document: Document;
  readonly #inverses = new Map<string, readonly Inverse[]>();
  readonly #connections = new Set<ServerConnection>();

  constructor(private readonly setting: Setting = {}) {
    const { textMemory } = setting;
    this.document = Document.empty(textMemory === undefined ? {} : { textMemory });
  }

  get head(): number {
    return this.log.length;
  }

  disconnect(connection: ServerConnection): void {
    this.#connections.delete(connection);
  }

  receive(connection: ServerConnection, text: string): void {
    const frame = JSON.parse(text) as Record<string, unknown>;
    switch (frame['type']) {
      case 'hello':
        this.#welcome(connection, frame['revision'] as number | undefined);
        return;
      case 'submit':
        this.#submit(connection, frame['changes'] as { readonly changeId: string }[]);
        return;
      case 'undo':
        this.#undo(connection, frame['undoId'] as string, frame['changeId'] as string);
        return;
      case 'resync':
        this.#catchUp(connection, frame['revision'] as number, frame['snapshot'] === true);
        return;
      case 'ping':
        connection.send({ type: 'pong', t: frame['t'], serverTime: now(), revision: this.head });
        return;
      case 'awareness':
        for (const other of this.#connections) {
          if (other === connection) continue;
          other.send({ type: 'awareness', states: { [connection.participantId]: frame['state'] } });
        }
        return;
      case 'lock':
        this.#lock(connection, frame['element'] as string, (frame['leaseSeconds'] as number | undefined) ?? 30);
        return;
      case 'unlock':
        this.#unlock(connection, frame['element'] as string);
        return;
      case 'chat':
        this.#say(connection, frame['text'] as string, frame['messageId'] as string);
        return;
      default:
        throw new Error(`unexpected frame: ${text}`);
    }
  }

  snapshot(): Snapshot {
    const { elements, conflicts } = this.document;
    return { revision: this.head, document: { elements: [...elements.values()], conflicts: [...conflicts.values()] } };
  }

  #welcome(connection: ServerConnection, revision: number | undefined): void {
    const resumable = revision !== undefined && this.#canResume(revision);
    this.#connections.add(connection);
    connection.send({
      type: 'welcome',
      session: SESSION,
      self: { ...participant(connection.participantId), userId: connection.userId },
      participants: [...this.#connections].map((each) => participant(each.participantId)),
      branch: 'main',
      revision: this.head,
      ...(resumable ? { resumedFrom: revision } : { snapshot: this.snapshot() }),
      locks: [...this.locks.values()],
      conflicts: [...this.document.conflicts.values()]
        .filter((record) => record.status === 'OPEN')
        .map((record) => this.#told(record)),
      limits: { ...DEFAULT_LIMITS, changesPerFrame: 5 },
      iceServers: [],
      heartbeatSeconds: 20,
      serverVersion: 'fake',
    });
    if (resumable) this.#sendTail(connection, revision);
  }

  #catchUp(connection: ServerConnection, revision: number, whole: boolean): void {
    if (!whole && this.#canResume(revision)) this.#sendTail(connection, revision);
    else connection.send({ type: 'snapshot', ...this.snapshot() });
  }

  #canResume(revision: number): boolean {
    const { resumeLimit = 1000 } = this.setting;
    return revision <= this.head && this.head - revision <= resumeLimit;
  }

  #sendTail(connection: ServerConnection, revision: number): void {
    const changes = this.log.slice(revision);
    if (changes.length === 0) return;
    const { hashEvery } = this.setting;
    const hashed = hashEvery !== undefined && Math.floor(this.head / hashEvery) > Math.floor(revision / hashEvery);
    const hash = hashed ? { hash: documentHash(this.document) } : {};
    connection.send({ type: 'changes', from: revision + 1, to: this.head, ...hash, changes });
  }

  #lock(connection: ServerConnection, element: string, leaseSeconds: number): void {
    const { participantId, userId } = connection;
    const held = this.locks.get(element);
    if (held && held.userId !== userId) {
      const refused = problem('locked', 'Somebody else has locked it', 423);
      connection.send({ type: 'error', problem: refused, about: { type: 'lock', element } });
      return;
    }
    const lease = held?.lease ?? ++this.#leases;
    const expiresAt = new Date(Date.now() + leaseSeconds * 1000).toISOString();
    const lock = { element, participantId, userId, name: participantId, lease, expiresAt };
    this.locks.set(element, lock);
    this.#tellAll({ type: 'locks', locked: [lock], unlocked: [] });
  }

  #unlock({ userId }: ServerConnection, element: string): void {
    if (this.locks.get(element)?.userId !== userId) return;
    this.locks.delete(element);
    this.#tellAll({ type: 'locks', locked: [], unlocked: [element] });
  }

  #say(connection: ServerConnection, text: string, messageId: string): void {
    const { participantId, userId } = connection;
    const known = this.chat.find((message) => message.userId === userId && message.messageId === messageId);
    if (known) {
      connection.send({ type: 'chat', ...known });
      return;
    }
    const id = String(this.chat.length + 1);
    const message = { id, messageId, userId, participantId, name: participantId, text, at: now() };
    this.chat.push(message);
    this.#tellAll({ type: 'chat', ...message });
  }

  #tellAll(frame: object): void {
    for (const each of this.#connections) each.send(frame);
  }

  #told(record: ConflictRecord): object {
    const [property, component] = record.path;
    const element = this.document.elements.get(record.element);
    const value = element && readComponent(own(element.props, property), component);
    return { ...record, current: { ...(value !== undefined && { value }) } };
  }

  #submit(connection: ServerConnection, changes: readonly { readonly changeId: string }[]): void {
    const frame = this.#frame(connection);
    for (const json of changes) {
      const decided = this.#answered(connection, json.changeId, () => {
        const change = readChange(json);
        if (this.#known(change.changeId)) {
          frame.skip(change);
          return undefined;
        }
        const refusal = this.setting.refuses?.(change.changeId, change);
        return this.#decided(connection, change.changeId, 'edit', frame, refusal, () => frame.decide(change));
      });
      if (!decided) return;
    }
  }

  #undo(connection: ServerConnection, changeId: string, undone: string): void {
    this.#answered(connection, changeId, () => {
      if (this.#known(changeId)) return undefined;
      const inverse = this.#inverses.get(undone);
      if (!inverse) return problem('unknown-change', 'There is no such change', 404);
      const kind = this.#known(undone)?.kind === 'undo' ? 'redo' : 'undo';
      const frame = this.#frame(connection);
      const refusal = this.setting.refuses?.(changeId);
      return this.#decided(connection, changeId, kind, frame, refusal, () => frame.undo(changeId, inverse));
    });
  }

  #frame({ userId }: ServerConnection): Frame {
    return new Frame(this.document, userId, now(), this.setting.rules ?? DEFAULT_RULES);
  }

  #known(changeId: string): CommittedChange | undefined {
    return this.log.find((change) => change.changeId === changeId);
  }

  /** Answers a change, and tells everybody what is new; whether it was accepted. */
  #answered(connection: ServerConnection, changeId: string, decide: () => Problem | undefined): boolean {
    const { head } = this;
    const before = this.document.conflicts;
    const refused = problemOf(decide);
    const known = this.#known(changeId);
    if (refused) connection.send({ type: 'refused', changeId, problem: refused });
    else if (known) connection.send({ type: 'accepted', changeId, revision: known.revision, notes: known.notes });
    for (const each of this.#connections) this.#sendTail(each, head);
    for (const [id, record] of this.document.conflicts) {
      if (before.get(id) !== record) this.#tellAll({ type: 'conflict', record: this.#told(record) });
    }
    return refused === undefined;
  }

  #decided(
    { userId, participantId }: ServerConnection,
    changeId: string,
    kind: string,
    frame: Frame,
    refusal: Refusal | undefined,
    decide: () => Decision,
  ): Problem | undefined {
    if (refusal && !refusal.stored) return refusal.problem;
    const decision = decide();
    if (decision.status === 'refused') return decision.problem;
    const { revision, operations, notes, inverse } = decision;
    this.log.push({ revision, changeId, userId, participantId, at: frame.at, kind, operations, notes });
    this.#inverses.set(changeId, inverse);
    const tidied = frame.tidy(decision);
    if (tidied) this.log.push(tidied);
    this.document = frame.document;
    return refusal?.problem;
  }
}

function problemOf(decide: () => Problem | undefined): Problem | undefined {
  try {
    return decide();
  } catch (refusal) {
    if (refusal instanceof ProblemError) return refusal.problem;
    throw refusal;
  }
}

function now(): string {
  return new Date().toISOString();
}
