import { assertNever } from '../protocol/assertNever.js';
import { decodeFrame } from '../protocol/decode.js';
import type { ClientFrame, ByeFrame, HelloFrame, ServerFrame, WelcomeFrame } from '../protocol/frame.js';
import { problem, type Problem } from '../protocol/problem.js';
import { MalformedError } from '../protocol/read.js';
import { backoffMs } from './backoff.js';

const SUBPROTOCOL = 'chorale.v1';
const WELCOME_MS = 10_000;
const ANSWER_MS = 10_000;
/** A connection that lived this long ends a row of failures. */
const STABLE_MS = 10_000;
/** Sent before they are due, heartbeats are never late. */
const HEARTBEAT_SHARE = 0.8;

const NORMAL_CLOSURE = 1000;
const POLICY_VIOLATION = 1008;

/** Where the connection is; `closed` does not come back by itself. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'closed';

/** What is used of a WebSocket: the browser's and that of `ws` both fit. */
export interface WebSocketLike {
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

export type WebSocketFactory = (url: string, protocols: string[]) => WebSocketLike;

export interface TransportEvents {
  /** The first frame of each connection. */
  hello(): HelloFrame;
  onState(state: ConnectionState, problem?: Problem): void;
  onWelcome(welcome: WelcomeFrame): void;
  onFrame(frame: SessionFrame): void;
  onHead(revision: number): void;
  onLatency(milliseconds: number): void;
  onProblem(problem: Problem): void;
}

/** A frame that is not the transport's own business. */
export type SessionFrame = Exclude<ServerFrame, { type: 'welcome' | 'pong' | 'bye' | 'error' }>;

type Timer = ReturnType<typeof setTimeout>;

/** One socket. It is forgotten as a whole, so that a late event of an old one changes nothing. */
interface Connection {
  readonly socket: WebSocketLike;
  readonly timers: Set<Timer>;
  /** When an unanswered ping is given up. */
  answerDeadline: Timer | undefined;
  welcomed: boolean;
  bye: ByeFrame | undefined;
  problem: Problem | undefined;
}

/** The life of the connection: hello, heartbeat, and coming back after a loss. Knows nothing of documents. */
export class Transport {
  #state: ConnectionState = 'offline';
  #connection: Connection | undefined;
  #failures = 0;
  #retry: Timer | undefined;

  constructor(
    private readonly url: string,
    private readonly webSocket: WebSocketFactory,
    private readonly events: TransportEvents,
    private readonly longestDelayMs?: number,
    private readonly random: () => number = Math.random,
  ) {}

  /** Connects, and from then on stays connected where that is possible. */
  open(): void {
    browser()?.addEventListener('online', this.#retryNow);
    this.#connect();
  }

  /** Sends to a server that said welcome; otherwise the frame is lost with the connection. */
  send(frame: ClientFrame): void {
    if (this.#connection?.welcomed) this.#write(this.#connection, frame);
  }

  /** Says hello anew at once, because what it says has changed. */
  reconnect(): void {
    if (this.#state === 'closed') return;
    const connection = this.#connection;
    if (connection) {
      this.#forget(connection);
      connection.socket.close(NORMAL_CLOSURE);
    }
    this.#connect();
  }

  close(): void {
    this.#shut(undefined);
  }

  readonly #retryNow = (): void => {
    if (this.#state === 'offline') this.#connect();
  };

  #connect(): void {
    clearTimeout(this.#retry);
    this.#enter('connecting');
    const socket = this.webSocket(this.url, [SUBPROTOCOL]);
    const connection: Connection = {
      socket,
      timers: new Set(),
      answerDeadline: undefined,
      welcomed: false,
      bye: undefined,
      problem: undefined,
    };
    this.#connection = connection;
    const current = (handle: () => void): void => {
      if (this.#connection === connection) handle();
    };
    socket.addEventListener('open', () => {
      current(() => {
        this.#write(connection, this.events.hello());
      });
    });
    socket.addEventListener('message', ({ data }) => {
      current(() => {
        this.#receive(connection, data);
      });
    });
    socket.addEventListener('close', ({ code }) => {
      current(() => {
        this.#ended(connection, code);
      });
    });
    // An error is always followed by a close; without a listener `ws` would throw it.
    socket.addEventListener('error', () => undefined);
    this.#after(connection, WELCOME_MS, () => {
      if (!connection.welcomed) this.#lose(connection);
    });
  }

  #receive(connection: Connection, data: unknown): void {
    // Whatever came, the other side is there: a pong may be behind a large frame.
    this.#cancel(connection, connection.answerDeadline);
    connection.answerDeadline = undefined;
    let frame: ServerFrame | undefined;
    try {
      frame = decodeFrame(data);
    } catch (failure) {
      if (!(failure instanceof MalformedError)) throw failure;
      this.events.onProblem(problem('malformed-frame', 'The frame cannot be read', 400, failure.message));
      // Nobody can tell what is missing now; coming back by revision leaves no hole.
      this.#lose(connection);
      return;
    }
    if (frame) this.#handle(connection, frame);
  }

  #handle(connection: Connection, frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        if (!connection.welcomed) this.#welcome(connection, frame);
        return;
      case 'pong':
        this.events.onLatency(performance.now() - frame.t);
        this.events.onHead(frame.revision);
        return;
      case 'bye':
        connection.bye = frame;
        return;
      case 'error':
        connection.problem = frame.problem;
        this.events.onProblem(frame.problem);
        return;
      case 'changes':
      case 'accepted':
      case 'refused':
      case 'snapshot':
      case 'awareness':
      case 'presence':
        if (connection.welcomed) this.events.onFrame(frame);
        return;
      default:
        assertNever(frame);
    }
  }

  #welcome(connection: Connection, welcome: WelcomeFrame): void {
    connection.welcomed = true;
    this.#after(connection, STABLE_MS, () => {
      this.#failures = 0;
    });
    this.events.onWelcome(welcome);
    if (this.#connection !== connection) return; // a listener closed the session
    this.#enter('online');
    this.#beat(connection, Math.max(1, welcome.heartbeatSeconds) * 1000 * HEARTBEAT_SHARE);
  }

  /** A half-open socket reports nothing by itself: whoever does not answer a ping is gone. */
  #beat(connection: Connection, intervalMs: number): void {
    if (this.#connection !== connection) return;
    this.#write(connection, { type: 'ping', t: performance.now() });
    connection.answerDeadline ??= this.#after(connection, ANSWER_MS, () => {
      this.#lose(connection);
    });
    this.#after(connection, intervalMs, () => {
      this.#beat(connection, intervalMs);
    });
  }

  /** Gives a connection up without waiting for its end, which a dead network never reports. */
  #lose(connection: Connection): void {
    this.#forget(connection);
    connection.socket.close();
    this.#retryLater(0);
  }

  #ended(connection: Connection, code: number): void {
    this.#forget(connection);
    const { bye } = connection;
    if (bye && !bye.reconnect)
      this.#shut(problem(slugOf(bye.reason), 'The server ended the connection', 403, bye.reason));
    else if (code === POLICY_VIOLATION) {
      this.#shut(connection.problem ?? problem('policy-violation', 'The server refused the connection', 403));
    } else this.#retryLater((bye?.retryAfterSeconds ?? 0) * 1000);
  }

  #retryLater(atLeastMs: number): void {
    if (this.#state === 'closed') return;
    this.#retry = setTimeout(this.#retryNow, Math.max(atLeastMs, backoffMs(this.#failures, this.random, this.longestDelayMs)));
    this.#failures += 1;
    this.#enter('offline');
  }

  #shut(reason: Problem | undefined): void {
    if (this.#state === 'closed') return;
    browser()?.removeEventListener('online', this.#retryNow);
    clearTimeout(this.#retry);
    const connection = this.#connection;
    if (connection) {
      this.#forget(connection);
      connection.socket.close(NORMAL_CLOSURE);
    }
    this.#enter('closed', reason);
  }

  #forget(connection: Connection): void {
    for (const timer of connection.timers) clearTimeout(timer);
    if (this.#connection === connection) this.#connection = undefined;
  }

  #enter(state: ConnectionState, reason?: Problem): void {
    this.#state = state;
    this.events.onState(state, reason);
  }

  #write(connection: Connection, frame: ClientFrame): void {
    connection.socket.send(JSON.stringify(frame));
  }

  #cancel(connection: Connection, timer: Timer | undefined): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    connection.timers.delete(timer);
  }

  #after(connection: Connection, milliseconds: number, act: () => void): Timer {
    const timer = setTimeout(() => {
      connection.timers.delete(timer);
      act();
    }, milliseconds);
    connection.timers.add(timer);
    return timer;
  }
}

/** The page that hears of the network coming back; there is none in Node. */
function browser(): EventTarget | undefined {
  return 'addEventListener' in globalThis ? globalThis : undefined;
}

function slugOf(reason: string): string {
  return reason.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a session's socket is; the server's address may be given as http or ws. */
export function socketUrl(base: string, sessionId: string): string {
  return `${base.replace(/^http/, 'ws').replace(/\/+$/, '')}/ws/v1/sessions/${encodeURIComponent(sessionId)}`;
}
