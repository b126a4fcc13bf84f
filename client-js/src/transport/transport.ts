import { assertNever } from '../protocol/assertNever.js';
import { decodeFrame } from '../protocol/decode.js';
import type {
  ByeFrame,
  ClientFrame,
  ErrorSubject,
  HelloFrame,
  PongFrame,
  ServerFrame,
  WelcomeFrame,
} from '../protocol/frame.js';
import { problem, ProblemError, type Problem } from '../protocol/problem.js';
import { MalformedError } from '../protocol/read.js';
import { backoffMs } from './backoff.js';
import { canInflate, Inbox } from './inbox.js';

const SUBPROTOCOL = 'chorale.v1';
const COMPRESSED_SUBPROTOCOL = 'chorale.v1.deflate';
const DRAINING = 'draining';
const WELCOME_MS = 10_000;
const ANSWER_MS = 10_000;
/** So long an edit may be without an answer before the connection is doubted: */
const DOUBT_MS = 5_000;
/** then a ping has to be answered within this. */
const PROBE_MS = 4_000;
/** A connection that lived this long ends a row of failures. */
const STABLE_MS = 10_000;
/** Sent before they are due, heartbeats are never late. */
const HEARTBEAT_SHARE = 0.8;

/** What a token source says when there is no use in asking it again. */
const SIGNED_OUT: ReadonlySet<number> = new Set([401, 403]);

const NORMAL_CLOSURE = 1000;
const POLICY_VIOLATION = 1008;
/** One's own code: not the 1000 that gives the seat up (HEL-8). */
const COMING_BACK = 4000;

/** Where the connection is; `closed` does not come back by itself. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'closed';

/** What is used of a WebSocket: the browser's and that of `ws` both fit. */
export interface WebSocketLike {
  /** The sub-protocol that was agreed on. */
  readonly protocol?: string;
  binaryType?: string;
  send(text: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

export type WebSocketFactory = (url: string, protocols: string[]) => WebSocketLike;

export interface TransportEvents {
  /** What has to be there before a connection is opened, as a token; nothing where `undefined`. */
  prepare(): Promise<void> | undefined;
  /** The first frame of each connection. */
  hello(): HelloFrame;
  onState(state: ConnectionState, problem?: Problem): void;
  onWelcome(welcome: WelcomeFrame): void;
  onFrame(frame: SessionFrame): void;
  onPong(pong: PongFrame, roundTripMs: number): void;
  onProblem(problem: Problem, about?: ErrorSubject): void;
  /** Whether an edit waits for the server's answer. */
  awaitsAnswer(): boolean;
}

export interface TransportOptions {
  /** The longest wait between two attempts; 30 seconds where absent. */
  readonly longestDelayMs?: number | undefined;
  /** Whether compressed frames are asked for, where they can be read; true where absent. */
  readonly compression?: boolean | undefined;
}

/** A frame that is not the transport's own business. */
export type SessionFrame = Exclude<ServerFrame, { type: 'welcome' | 'pong' | 'bye' | 'error' }>;

type Timer = ReturnType<typeof setTimeout>;

/** One socket. It is forgotten as a whole, so that a late event of an old one changes nothing. */
interface Connection {
  readonly socket: WebSocketLike;
  readonly inbox: Inbox;
  readonly timers: Set<Timer>;
  /** When an edit is without an answer for too long. */
  doubt: Timer | undefined;
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
  #attempt = 0;
  #retry: Timer | undefined;

  constructor(
    private readonly url: string,
    private readonly webSocket: WebSocketFactory,
    private readonly events: TransportEvents,
    private readonly options: TransportOptions = {},
    private readonly random: () => number = Math.random,
  ) {}

  /** Connects, and from then on stays connected where that is possible. */
  open(): void {
    browser()?.addEventListener('online', this.#retryNow);
    browser()?.addEventListener('offline', this.#networkLost);
    this.#connect();
  }

  /** Sends to a server that said welcome; otherwise the frame is lost with the connection. */
  send(frame: ClientFrame): void {
    const connection = this.#connection;
    if (!connection?.welcomed) return;
    this.#write(connection, frame);
    if (frame.type === 'submit' || frame.type === 'undo') this.#expectAnswer(connection);
  }

  /** Says hello anew at once, because what it says has changed; in one's seat, or giving that up. */
  reconnect(seat: 'keep' | 'leave'): void {
    if (this.#state === 'closed') return;
    const connection = this.#connection;
    if (connection) {
      this.#forget(connection);
      connection.socket.close(seat === 'keep' ? COMING_BACK : NORMAL_CLOSURE);
    }
    this.#connect();
  }

  close(): void {
    this.#shut(undefined);
  }

  readonly #retryNow = (): void => {
    if (this.#state === 'offline') this.#connect();
  };

  /** The system knows before any ping does. */
  readonly #networkLost = (): void => {
    if (this.#connection) this.#lose(this.#connection);
  };

  #connect(): void {
    clearTimeout(this.#retry);
    this.#attempt += 1;
    this.#enter('connecting');
    const preparing = this.events.prepare();
    if (preparing) this.#connectAfter(preparing, this.#attempt);
    else this.#dial();
  }

  /** Before the socket is opened: a server gives nobody much time to say hello. */
  #connectAfter(preparing: Promise<void>, attempt: number): void {
    const wanted = (): boolean => attempt === this.#attempt && this.#state === 'connecting';
    preparing.then(
      () => {
        if (wanted()) this.#dial();
      },
      (failure: unknown) => {
        if (!wanted()) return;
        const reason = failure instanceof ProblemError ? failure.problem : undefined;
        if (reason) this.events.onProblem(reason);
        if (reason && SIGNED_OUT.has(reason.status)) this.#shut(reason);
        else this.#retryLater(0);
      },
    );
  }

  #dial(): void {
    const compressed = this.options.compression !== false && canInflate();
    const socket = this.webSocket(this.url, [...(compressed ? [COMPRESSED_SUBPROTOCOL] : []), SUBPROTOCOL]);
    if (compressed) socket.binaryType = 'arraybuffer';
    const connection: Connection = {
      socket,
      inbox: new Inbox(),
      timers: new Set(),
      doubt: undefined,
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
      // What was said before the end may still be on its way through the inflating.
      connection.inbox.take(() => {
        current(() => {
          this.#ended(connection, code);
        });
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
    const { inbox, socket } = connection;
    const read = (text: unknown): void => {
      if (this.#connection === connection) this.#decode(connection, text);
    };
    if (socket.protocol === COMPRESSED_SUBPROTOCOL && isBinary(data)) {
      inbox.takeInflated(data, read, () => {
        if (this.#connection === connection) this.#malformed(connection, 'frame: expected raw deflate');
      });
    } else {
      inbox.take(() => {
        read(data);
      });
    }
  }

  #decode(connection: Connection, data: unknown): void {
    let frame: ServerFrame | undefined;
    try {
      frame = decodeFrame(data);
    } catch (failure) {
      if (!(failure instanceof MalformedError)) throw failure;
      this.#malformed(connection, failure.message);
      return;
    }
    if (frame) this.#handle(connection, frame);
  }

  #malformed(connection: Connection, detail: string): void {
    this.events.onProblem(problem('malformed-frame', 'The frame cannot be read', 400, detail));
    // Nobody can tell what is missing now; coming back by revision leaves no hole.
    this.#lose(connection);
  }

  #handle(connection: Connection, frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        if (!connection.welcomed) this.#welcome(connection, frame);
        return;
      case 'pong':
        this.events.onPong(frame, performance.now() - frame.t);
        return;
      case 'bye':
        connection.bye = frame;
        return;
      case 'error':
        connection.problem = frame.problem;
        this.events.onProblem(frame.problem, frame.about);
        return;
      case 'changes':
      case 'accepted':
      case 'refused':
      case 'snapshot':
      case 'awareness':
      case 'presence':
      case 'locks':
      case 'chat':
      case 'conflict':
      case 'session':
      case 'permissions':
      case 'authenticated':
      case 'branch':
      case 'mergeRequest':
      case 'version':
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
    connection.answerDeadline ??= this.#deadline(connection, ANSWER_MS);
    this.#after(connection, intervalMs, () => {
      this.#beat(connection, intervalMs);
    });
  }

  /** A heartbeat is too seldom for somebody who waits: an edit without an answer is followed by a ping of its own. */
  #expectAnswer(connection: Connection): void {
    connection.doubt ??= this.#after(connection, DOUBT_MS, () => {
      connection.doubt = undefined;
      if (!this.events.awaitsAnswer()) return;
      this.#write(connection, { type: 'ping', t: performance.now() });
      this.#cancel(connection, connection.answerDeadline);
      connection.answerDeadline = this.#deadline(connection, PROBE_MS);
      this.#expectAnswer(connection);
    });
  }

  #deadline(connection: Connection, milliseconds: number): Timer {
    return this.#after(connection, milliseconds, () => {
      this.#lose(connection);
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
    } else this.#retryLater(pauseOf(connection) * 1000, bye?.reason === DRAINING);
  }

  /** @param isSpread whether that is a time which the server gave to this client alone: the first attempt is made right then */
  #retryLater(atLeastMs: number, isSpread = false): void {
    if (this.#state === 'closed') return;
    const delay = isSpread && this.#failures === 0 ? 0 : backoffMs(this.#failures, this.random, this.options.longestDelayMs);
    this.#retry = setTimeout(this.#retryNow, Math.max(atLeastMs, delay));
    this.#failures += 1;
    this.#enter('offline');
  }

  #shut(reason: Problem | undefined): void {
    if (this.#state === 'closed') return;
    browser()?.removeEventListener('online', this.#retryNow);
    browser()?.removeEventListener('offline', this.#networkLost);
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

/** For how many seconds the server wants to hear nothing: said with its farewell, or with why it lets nobody in now. */
function pauseOf({ bye, problem, welcomed }: Connection): number {
  return Math.max(bye?.retryAfterSeconds ?? 0, welcomed ? 0 : (problem?.retryAfter ?? 0));
}

/** The page that hears of the network coming back; there is none in Node. */
function browser(): EventTarget | undefined {
  return 'addEventListener' in globalThis ? globalThis : undefined;
}

function isBinary(data: unknown): data is ArrayBuffer | Blob {
  return data instanceof ArrayBuffer || data instanceof Blob;
}

function slugOf(reason: string): string {
  return reason.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a session's socket is; the server's address may be given as http or ws. */
export function socketUrl(base: string, sessionId: string): string {
  return `${base.replace(/^http/, 'ws').replace(/\/+$/, '')}/ws/v1/sessions/${encodeURIComponent(sessionId)}`;
}
