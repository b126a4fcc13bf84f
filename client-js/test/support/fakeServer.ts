import { orderKeyBetween } from '../../src/document/orderKey.js';
import type { CommittedChange, ElementSnapshot, Note, SubmittedChange } from '../../src/protocol/frame.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { EffectiveOperation, Operation } from '../../src/protocol/operation.js';
import { problem, type Problem } from '../../src/protocol/problem.js';
import type { JsonObject, JsonValue } from '../../src/protocol/json.js';
import { participant, SESSION } from './frames.js';

export interface ServerConnection {
  readonly participantId: string;
  send(frame: object): void;
}

type Element = { -readonly [K in keyof ElementSnapshot]: ElementSnapshot[K] };
type Elements = Map<string, Element>;

class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

/**
 * A server in memory, written from the specification and not from the client: one order, decided in the simplest way.
 * `refuses` stands for whatever else a server may have against a change.
 */
export class FakeServer {
  readonly log: CommittedChange[] = [];
  elements: Elements = new Map();
  readonly #connections = new Set<ServerConnection>();

  constructor(
    private readonly resumeLimit = 1000,
    private readonly refuses: (change: SubmittedChange) => Problem | undefined = () => undefined,
  ) {}

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
        this.#submit(connection, frame['changes'] as SubmittedChange[]);
        return;
      case 'resync':
        this.#catchUp(connection, frame['revision'] as number);
        return;
      case 'ping':
        connection.send({ type: 'pong', t: frame['t'], serverTime: '2025-01-01T00:00:00Z', revision: this.head });
        return;
      case 'awareness':
        for (const other of this.#connections) {
          if (other === connection) continue;
          other.send({ type: 'awareness', states: { [connection.participantId]: frame['state'] } });
        }
        return;
      default:
        throw new Error(`unexpected frame: ${text}`);
    }
  }

  snapshot(): { revision: number; document: { elements: ElementSnapshot[]; conflicts: [] } } {
    return { revision: this.head, document: { elements: [...structuredClone(this.elements).values()], conflicts: [] } };
  }

  #welcome(connection: ServerConnection, revision: number | undefined): void {
    const resumable = revision !== undefined && this.#canResume(revision);
    this.#connections.add(connection);
    connection.send({
      type: 'welcome',
      session: SESSION,
      self: participant(connection.participantId),
      participants: [...this.#connections].map((each) => participant(each.participantId)),
      branch: 'main',
      revision: this.head,
      ...(resumable ? { resumedFrom: revision } : { snapshot: this.snapshot() }),
      locks: [],
      conflicts: [],
      limits: { ...DEFAULT_LIMITS, changesPerFrame: 5 },
      iceServers: [],
      heartbeatSeconds: 20,
      serverVersion: 'fake',
    });
    if (resumable) this.#sendTail(connection, revision);
  }

  #catchUp(connection: ServerConnection, revision: number): void {
    if (this.#canResume(revision)) this.#sendTail(connection, revision);
    else connection.send({ type: 'snapshot', ...this.snapshot() });
  }

  #canResume(revision: number): boolean {
    return revision <= this.head && this.head - revision <= this.resumeLimit;
  }

  #sendTail(connection: ServerConnection, revision: number): void {
    const changes = this.log.slice(revision);
    if (changes.length > 0) connection.send({ type: 'changes', from: revision + 1, to: this.head, changes });
  }

  #submit(connection: ServerConnection, changes: readonly SubmittedChange[]): void {
    for (const change of changes) {
      const known = this.log.find((each) => each.changeId === change.changeId);
      if (known) {
        connection.send({ type: 'accepted', changeId: change.changeId, revision: known.revision, notes: known.notes });
        continue;
      }
      try {
        this.#commit(connection, change);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        connection.send({ type: 'refused', changeId: change.changeId, problem: refusal.problem });
        return;
      }
    }
  }

  #commit(connection: ServerConnection, change: SubmittedChange): void {
    const { changeId, baseRevision, seenRevision } = change;
    if (baseRevision > this.head) refuse('revision-ahead');
    if (seenRevision > baseRevision || seenRevision < 0) refuse('invalid-change');
    const otherwise = this.refuses(change);
    if (otherwise) throw new Refusal(otherwise);
    const elements = structuredClone(this.elements);
    const notes: Note[] = [];
    const operations = change.operations.flatMap((operation, index) => {
      const effective = decide(elements, operation);
      if (effective.length === 0) notes.push({ code: 'NOTHING', element: operation.id, operation: index });
      return effective;
    });
    this.elements = elements;
    const committed: CommittedChange = {
      revision: this.head + 1,
      changeId,
      userId: 'u',
      participantId: connection.participantId,
      at: '2025-01-01T00:00:00Z',
      kind: 'edit',
      operations,
      notes,
    };
    this.log.push(committed);
    connection.send({ type: 'accepted', changeId, revision: committed.revision, notes });
    const frame = { type: 'changes', from: committed.revision, to: committed.revision, changes: [committed] };
    for (const each of this.#connections) each.send(frame);
  }
}

function refuse(slug: string): never {
  throw new Refusal(problem(slug, slug, 400));
}

/** Carries an operation out and tells what became of it. */
function decide(elements: Elements, operation: Operation): EffectiveOperation[] {
  const known = elements.get(operation.id);
  if (operation.op === 'create') {
    if (known) refuse('duplicate-id');
    requireParent(elements, operation.parent);
    for (const ref of operation.refs ?? []) {
      const bound = elements.get(ref) ?? refuse('unknown-element');
      if (bound.refs.length > 0) refuse('invalid-operation');
    }
    const { after, ...rest } = operation;
    const parent = nearestLive(elements, operation.parent);
    const order = keyFor(elements, operation.id, parent, after);
    const { elementType, refs = [], props = {}, texts = {} } = operation;
    elements.set(operation.id, { id: operation.id, elementType, parent, order, deleted: false, refs, props, texts });
    return [{ ...rest, parent, order }];
  }
  if (!known) refuse('unknown-element');
  switch (operation.op) {
    case 'set': {
      const { previous: _previous, ...effective } = operation;
      return write(known, operation.path, () => operation.value) ? [effective] : [];
    }
    case 'unset': {
      const { [operation.path[0]]: value, ...rest } = known.props;
      if (value === undefined) return [];
      known.props = rest;
      return [{ op: 'unset', id: operation.id, path: operation.path }];
    }
    case 'add':
      return write(known, operation.path, (value) => sum(value, operation.delta)) ? [operation] : [];
    case 'move': {
      const { after, ...rest } = operation;
      requireParent(elements, operation.parent);
      if (isWithin(elements, operation.parent, operation.id) || !isLive(elements, operation.parent)) return [];
      known.order = keyFor(elements, operation.id, operation.parent, after);
      known.parent = operation.parent;
      return [{ ...rest, order: known.order }];
    }
    case 'delete':
      if (known.deleted) return [];
      known.deleted = true;
      return [operation];
    case 'restore': {
      if (!known.deleted) return [];
      const parent = nearestLive(elements, known.parent);
      const effective: EffectiveOperation[] = [operation];
      if (parent !== known.parent) {
        known.order = keyFor(elements, known.id, parent, undefined);
        known.parent = parent;
        effective.unshift({ op: 'move', id: known.id, parent, order: known.order });
      }
      known.deleted = false;
      return effective;
    }
  }
}

/** What refers to others carries nothing, or liveness would go around in circles. */
function requireParent(elements: Elements, id: string | null): void {
  if (id === null) return;
  const parent = elements.get(id) ?? refuse('unknown-element');
  if (parent.refs.length > 0) refuse('invalid-operation');
}

function write(
  element: Element,
  [property, component]: readonly [string, (string | number)?],
  value: (before: JsonValue | undefined) => JsonValue | undefined,
): boolean {
  const before = element.props[property];
  let after: JsonValue | undefined;
  if (component === undefined) after = value(before);
  else if (typeof component === 'number') {
    if (!Array.isArray(before) || component >= before.length) return false;
    const items = [...(before as JsonValue[])];
    const item = value(items[component]);
    if (item === undefined) return false;
    items[component] = item;
    after = items;
  } else {
    if (typeof before !== 'object' || before === null || Array.isArray(before)) return false;
    const item = value((before as JsonObject)[component]);
    if (item === undefined) return false;
    after = { ...(before as JsonObject), [component]: item };
  }
  if (after === undefined) return false;
  element.props = { ...element.props, [property]: after };
  return true;
}

function sum(value: JsonValue | undefined, delta: number | readonly number[]): JsonValue | undefined {
  if (typeof delta === 'number') return typeof value === 'number' ? value + delta : undefined;
  if (!Array.isArray(value) || value.length !== delta.length) return undefined;
  const numbers = value as JsonValue[];
  if (!numbers.every((item) => typeof item === 'number')) return undefined;
  return numbers.map((item, index) => item + (delta[index] ?? 0));
}

function isLive(elements: Elements, id: string | null): boolean {
  if (id === null) return true;
  const element = elements.get(id);
  return (
    element !== undefined &&
    !element.deleted &&
    isLive(elements, element.parent) &&
    element.refs.every((ref) => isLive(elements, ref))
  );
}

function nearestLive(elements: Elements, id: string | null): string | null {
  return isLive(elements, id) ? id : nearestLive(elements, elements.get(id ?? '')?.parent ?? null);
}

function isWithin(elements: Elements, id: string | null, ancestor: string): boolean {
  return id !== null && (id === ancestor || isWithin(elements, elements.get(id)?.parent ?? null, ancestor));
}

function keyFor(elements: Elements, id: string, parent: string | null, after: string | null | undefined): string {
  const siblings = [...elements.values()]
    .filter((element) => element.parent === parent && element.id !== id)
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  const anchor = siblings.findIndex((sibling) => sibling.id === after);
  const place = after === null ? 0 : anchor < 0 ? siblings.length : anchor + 1;
  return orderKeyBetween(siblings[place - 1]?.order, siblings[place]?.order);
}
