import type { WebSocketLike } from '../../src/transport/transport.js';
import { requireDescribed } from './schemas.js';

type Event = { readonly data?: unknown; readonly code?: number };

/** A WebSocket whose other end is the test. What the client sends has to be as docs/protocol describes it. */
export class FakeSocket implements WebSocketLike {
  readonly sent: string[] = [];
  closedWith: number | undefined;
  /** What the server agreed on. */
  protocol = '';
  binaryType = 'blob';
  onSend: (text: string) => void = () => undefined;
  onClose: () => void = () => undefined;
  readonly #listeners = new Map<string, ((event: never) => void)[]>();

  constructor(
    readonly url: string,
    readonly protocols: readonly string[],
  ) {}

  send(text: string): void {
    requireDescribed('client', JSON.parse(text));
    this.sent.push(text);
    this.onSend(text);
  }

  close(code = 1005): void {
    this.closedWith ??= code;
    this.onClose();
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  /** The frames that the client sent, of one type. */
  frames(type: string): Record<string, unknown>[] {
    return this.sent
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .filter((frame) => frame['type'] === type);
  }

  opened(): void {
    this.#dispatch('open', {});
  }

  receives(data: unknown): void {
    this.#dispatch('message', {
      data: typeof data === 'object' && !(data instanceof ArrayBuffer) ? JSON.stringify(data) : data,
    });
  }

  ends(code: number): void {
    this.#dispatch('close', { code });
  }

  #dispatch(type: string, event: Event): void {
    for (const listener of this.#listeners.get(type) ?? []) (listener as (event: Event) => void)(event);
  }
}
