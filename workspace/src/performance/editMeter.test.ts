import type { CommittedChange, Participant, SessionEvents } from '@chorale/client';
import { describe, expect, it } from 'vitest';
import { EditMeter } from './editMeter';

/** A session whose events a test makes. */
class FakeSession {
  pendingChanges = 0;
  serverClockAheadMs: number | undefined = 1000;
  readonly self = { participantId: 'me' } as Participant;
  private readonly listeners = new Map<string, (payload: never) => void>();

  on<E extends keyof SessionEvents>(event: E, listener: (payload: SessionEvents[E]) => void): () => void {
    this.listeners.set(event, listener);
    return () => this.listeners.delete(event);
  }

  tell<E extends keyof SessionEvents>(event: E, payload?: SessionEvents[E]): void {
    (this.listeners.get(event) as ((payload?: SessionEvents[E]) => void) | undefined)?.(payload);
  }

  edits(pending: number): void {
    this.pendingChanges = pending;
    this.tell('document');
  }
}

function metered(pending = 0) {
  const session = new FakeSession();
  session.pendingChanges = pending;
  const clock = { now: 100_000 };
  return { session, clock, meter: new EditMeter(session, () => clock.now) };
}

const change = (participantId: string, at: number) => ({ participantId, at: new Date(at).toISOString() }) as CommittedChange;

describe('EditMeter', () => {
  it('given own edits then it tells how long the server took to store each', () => {
    const { session, clock, meter } = metered();
    session.edits(1);
    clock.now += 10;
    session.edits(2);
    clock.now += 20;
    session.tell('accepted');
    session.tell('accepted');
    expect(meter.read().acknowledged).toEqual({ p50: 20, p95: 30 });
  });

  it('given edits that waited before it was there, or were refused, then they do not count', () => {
    const { session, clock, meter } = metered(1);
    session.edits(2);
    clock.now += 5;
    session.tell('accepted');
    expect(meter.read().acknowledged).toBeUndefined();
    session.tell('refused');
    expect(meter.read().acknowledged).toBeUndefined();
  });

  it("given others' changes then it tells how long after the server's stamp they came, by the server's clock", () => {
    const { session, clock, meter } = metered();
    session.tell('changes', [change('other', clock.now + 1000 - 12), change('me', clock.now), change('other', clock.now + 1003)]);
    expect(meter.read().arrived).toEqual({ p50: 0, p95: 12 });
  });

  it("given the server's clock is not known, or a change is history, then nothing is told", () => {
    const { session, clock, meter } = metered();
    session.tell('changes', [change('other', clock.now - 3_600_000)]);
    session.serverClockAheadMs = undefined;
    session.tell('changes', [change('other', clock.now)]);
    expect(meter.read().arrived).toBeUndefined();
  });
});
