import type { Operation, Session } from '@chorale/client';
import { pick } from './random.js';

const AT_ONCE = 3;

/** Somebody who edits as fast as edits are acknowledged: own elements and everybody's. */
export class Writer {
  /** The ids of all changes that were made. */
  readonly made = new Set<string>();
  /** What the server acknowledged: revision by change id. */
  readonly acknowledged = new Map<string, number>();
  readonly refused: string[] = [];
  readonly finished: Promise<void>;

  #stopped = false;
  #finish: () => void = () => undefined;
  #created = 0;

  constructor(
    readonly session: Session,
    private readonly changes: number,
    private readonly random: () => number,
    private readonly onAcknowledged: () => void,
  ) {
    this.finished = new Promise((resolve) => (this.#finish = resolve));
    session.on('refused', ({ changeId, problem }) => this.refused.push(`${changeId}: ${problem.type}`));
    session.on('accepted', ({ changeId, revision }) => {
      this.acknowledged.set(changeId, revision);
      this.onAcknowledged();
      if (this.acknowledged.size === this.changes) this.#finish();
      else this.write();
    });
  }

  /** Keeps a few changes on their way, so that some are in flight and some wait whenever the server goes. */
  write(): void {
    while (!this.#stopped && this.made.size < this.changes && this.made.size - this.acknowledged.size < AT_ONCE) {
      this.made.add(this.session.edit([this.#operation()]));
    }
  }

  /** Makes nothing new; what was made goes on its way. */
  stop(): void {
    this.#stopped = true;
  }

  #operation(): Operation {
    const { random } = this;
    const everybodys = [...this.session.document.elements.keys()];
    const own = everybodys.filter((id) => id.startsWith(this.session.clientId));
    if (own.length === 0 || random() < 0.2) {
      this.#created += 1;
      const id = `${this.session.clientId}-${this.#created}`;
      return { op: 'create', id, elementType: 'box', parent: null, props: { position: [0, 0.5, 0], scale: [1, 1, 1] } };
    }
    const id = pick(random, random() < 0.5 ? own : everybodys);
    const number = Math.round(random() * 1000) / 100;
    return pick<Operation>(random, [
      { op: 'set', id, path: ['position'], value: [number, 0.5, -number] },
      { op: 'set', id, path: ['scale', 1], value: number },
      { op: 'set', id, path: ['name'], value: `Box ${number}` },
    ]);
  }
}
