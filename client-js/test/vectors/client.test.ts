/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest';
import generated from '../../../protocol-vectors/client-generated.json?raw';
import handWritten from '../../../protocol-vectors/client.json?raw';
import { documentForm, documentHash } from '../../src/document/documentForm.js';
import { assertNever } from '../../src/protocol/assertNever.js';
import { canonicalForm } from '../../src/protocol/canonicalForm.js';
import { decodeFrame } from '../../src/protocol/decode.js';
import type { ServerFrame } from '../../src/protocol/frame.js';
import type { JsonObject, JsonValue } from '../../src/protocol/json.js';
import { DEFAULT_LIMITS } from '../../src/protocol/limits.js';
import type { Operation } from '../../src/protocol/operation.js';
import * as syncing from '../../src/sync/sync.js';
import type { Effect } from '../../src/sync/sync.js';
import { participant, welcome } from '../support/frames.js';

/** What happens to a client, what it then does and what it shows. */
type Trace = (
  | { readonly edit: { readonly operations: readonly Operation[]; readonly gesture?: string } }
  | { readonly undo: string }
  | { readonly connected: number }
  | { readonly disconnected: true }
  | { readonly changes: readonly JsonObject[] }
  | { readonly accepted: JsonObject }
  | { readonly refused: { readonly changeId: string; readonly problem: string } }
  | { readonly snapshot: JsonObject }
  | { readonly head: number }
  | { readonly release: true }
) & { readonly effects: readonly JsonValue[]; readonly hash: string; readonly view?: JsonValue };

interface Vector {
  readonly name: string;
  readonly clientId: string;
  readonly userId: string;
  readonly changesPerFrame: number;
  readonly steps: readonly Trace[];
}

// As raw text: Vite itself reads no JSON with lone surrogates.
const VECTORS = [handWritten, generated].flatMap((file) => (JSON.parse(file) as { cases: readonly Vector[] }).cases);

describe('a client between the edits and the server: what the other client does as well', () => {
  it.each(VECTORS.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    let sync = syncing.start(vector.clientId);
    for (const [index, step] of vector.steps.entries()) {
      const next = carriedOut(sync, step, vector);
      sync = next.sync;
      const effects = next.effects.flatMap(told);
      expect({ index, effects: effects.map(canonical) }).toEqual({ index, effects: step.effects.map(canonicalForm) });
      if (step.view !== undefined) expect(documentForm(sync.view)).toBe(canonicalForm(step.view));
      expect({ index, hash: documentHash(sync.view) }).toEqual({ index, hash: step.hash });
    }
  });
});

function carriedOut(sync: syncing.Sync, step: Trace, { userId, changesPerFrame }: Vector): syncing.Step {
  if ('edit' in step) return syncing.edit(sync, step.edit.operations, { gesture: step.edit.gesture });
  if ('undo' in step) return syncing.undo(sync, step.undo);
  if ('disconnected' in step) return { sync: syncing.onDisconnect(sync), effects: [] };
  if ('head' in step) return syncing.onHead(sync, step.head);
  if ('release' in step) return syncing.release(sync);
  if ('connected' in step) {
    const frame = welcome({ resumedFrom: sync.confirmed.revision }, step.connected);
    const limits = { ...DEFAULT_LIMITS, changesPerFrame };
    return syncing.onWelcome(sync, { ...frame, self: { ...participant('p'), userId }, limits });
  }
  const frame = received(step);
  switch (frame?.type) {
    case 'changes':
      return syncing.onChanges(sync, frame.changes);
    case 'accepted':
      return syncing.onAccepted(sync, frame);
    case 'refused':
      return syncing.onRefused(sync, frame);
    case 'snapshot':
      return syncing.onSnapshot(sync, frame);
    default:
      throw new Error(`step: ${JSON.stringify(step)}`);
  }
}

/** The frame as it comes from the socket. */
function received(step: Trace): ServerFrame | undefined {
  if ('changes' in step) return decoded({ type: 'changes', changes: step.changes });
  if ('accepted' in step) return decoded({ type: 'accepted', ...step.accepted });
  if ('snapshot' in step) return decoded({ type: 'snapshot', ...step.snapshot });
  if (!('refused' in step)) return undefined;
  const { changeId, problem: slug } = step.refused;
  const problem = { type: `urn:chorale:problem:${slug}`, title: slug, status: 400 };
  return decoded({ type: 'refused', changeId, problem });
}

function decoded(frame: JsonObject): ServerFrame | undefined {
  return decodeFrame(JSON.stringify(frame));
}

function told(effect: Effect): readonly unknown[] {
  switch (effect.type) {
    case 'send': {
      const { frame } = effect;
      if (frame.type === 'submit') return [{ submit: frame.changes }];
      return [frame.type === 'undo' ? { undo: { changeId: frame.undoId, undone: frame.changeId } } : { resync: frame.revision }];
    }
    case 'changes':
      return [{ folded: effect.changes.map((change) => change.revision) }];
    case 'accepted':
      return [{ accepted: { changeId: effect.changeId, revision: effect.revision } }];
    case 'refused': {
      const { changeId, problem } = effect;
      return [{ refused: { changeId, problem: problem.type.replace('urn:chorale:problem:', '') } }];
    }
    case 'held':
    case 'overwritten':
      return [];
    case 'diverged':
      return [effect];
    default:
      return assertNever(effect);
  }
}

function canonical(value: unknown): string {
  return canonicalForm(JSON.parse(JSON.stringify(value)) as JsonValue);
}
