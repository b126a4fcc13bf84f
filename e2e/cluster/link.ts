import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Framing } from './framing.js';

/** What happens to the messages that a link carries beside answers: a share of them is lost, or comes twice, or later. */
export interface Mischief {
  /** Share, 0 to 1. */
  readonly drop?: number;
  /** Share, 0 to 1. */
  readonly duplicate?: number;
  readonly delayMs?: number;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** A TCP connection between a node and a service that can be cut, go silent, and lose, repeat or delay messages. */
export class Link {
  readonly #listener: Server;
  readonly #pairs = new Set<Pair>();
  #state: 'up' | 'cut' | 'silent' = 'up';
  #mischief: Mischief = {};
  /** Messages that were tampered with since the last {@link tamper}. */
  tampered = 0;

  private constructor(
    private readonly target: number,
    private readonly framing: () => Framing,
    private readonly random: () => number,
  ) {
    this.#listener = createServer((near) => this.#accept(near));
  }

  /** A link to a port of this machine, listening on a port of its own. */
  static async to(target: number, framing: () => Framing, random: () => number): Promise<Link> {
    const link = new Link(target, framing, random);
    await new Promise<void>((listening) => link.#listener.listen(0, '127.0.0.1', listening));
    return link;
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  /** Every connection ends, and each new one is ended at once. */
  cut(): void {
    this.#state = 'cut';
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  /** Nothing is carried any more, and nobody is told. */
  silence(): void {
    this.#state = 'silent';
    for (const { near, far } of this.#pairs) {
      near.pause();
      far.pause();
    }
  }

  /** Carries again, and first what was held back. */
  restore(): void {
    this.#state = 'up';
    for (const { near, far } of this.#pairs) {
      near.resume();
      far.resume();
    }
  }

  /** From now on messages are dropped, repeated, delayed; with `{}` none any more. */
  tamper(mischief: Mischief): void {
    this.#mischief = mischief;
    this.tampered = 0;
  }

  close(): void {
    this.#listener.close();
    for (const { near, far } of this.#pairs) {
      near.destroy();
      far.destroy();
    }
  }

  #accept(near: Socket): void {
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(this.target, '127.0.0.1');
    const pair = { near, far };
    this.#pairs.add(pair);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      if (this.#state === 'silent') socket.pause();
    }
    near.on('data', (bytes: Buffer) => far.write(bytes));
    const framing = this.framing();
    far.on('data', (bytes: Buffer) => {
      for (const { bytes: frame, isMessage } of framing.take(bytes)) this.#deliver(near, frame, isMessage);
    });
    this.#endTogether(pair);
  }

  #deliver(near: Socket, frame: Buffer, isMessage: boolean): void {
    const { drop = 0, duplicate = 0, delayMs = 0 } = this.#mischief;
    const chance = this.random();
    const times = !isMessage ? 1 : chance < drop ? 0 : chance < drop + duplicate ? 2 : 1;
    if (isMessage && (times !== 1 || delayMs > 0)) this.tampered += 1;
    for (let time = 0; time < times; time += 1) {
      if (isMessage && delayMs > 0) setTimeout(() => near.writable && near.write(frame), delayMs);
      else near.write(frame);
    }
  }

  #endTogether(pair: Pair): void {
    const { near, far } = pair;
    near.on('end', () => far.end());
    far.on('end', () => near.end());
    const end = (): void => {
      near.destroy();
      far.destroy();
      this.#pairs.delete(pair);
    };
    for (const socket of [near, far]) {
      socket.on('error', end);
      socket.on('close', end);
    }
  }
}
