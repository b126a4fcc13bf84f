import type { ChatFrame, ChatMessage, ChatTextFrame, ErrorSubject } from '../protocol/frame.js';
import { atMost, refuse } from '../protocol/limits.js';
import { ProblemError, type Problem } from '../protocol/problem.js';

/** Messages that came, so that one that comes again is not told twice. */
const REMEMBERED = 1000;
const CONTROL = /[^\P{Cc}\n\t]/u;

export interface ChatEvents {
  send(frame: ChatTextFrame): void;
  said(message: ChatMessage): void;
}

interface Unanswered {
  readonly text: string;
  resolve(message: ChatMessage): void;
  reject(reason: ProblemError): void;
}

/** One's own messages until the server has stored them, and everybody's as they come. */
export class Chat {
  readonly #unanswered = new Map<string, Unanswered>();
  readonly #told = new Set<string>();
  #counter = 0;
  #online = false;

  constructor(
    private readonly clientId: string,
    private readonly events: ChatEvents,
  ) {}

  say(text: string, longest: number): Promise<ChatMessage> {
    return new Promise((resolve, reject) => {
      checkText(text, longest);
      this.#counter += 1;
      const messageId = `${this.clientId}-${this.#counter}`;
      this.#unanswered.set(messageId, { text, resolve, reject });
      if (this.#online) this.events.send({ type: 'chat', text, messageId });
    });
  }

  /** What has no answer goes again under its name (CHT-2). */
  online(): void {
    this.#online = true;
    for (const [messageId, { text }] of this.#unanswered) this.events.send({ type: 'chat', text, messageId });
  }

  offline(): void {
    this.#online = false;
  }

  onMessage({ type: _type, ...message }: ChatFrame, userId: string | undefined): void {
    const { id, messageId } = message;
    if (!this.#told.has(id)) {
      this.#told.add(id);
      const [oldest] = this.#told;
      if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
      this.events.said(message);
    }
    if (messageId === undefined || message.userId !== userId) return;
    this.#unanswered.get(messageId)?.resolve(message);
    this.#unanswered.delete(messageId);
  }

  onError(problem: Problem, { type, messageId }: ErrorSubject): void {
    if (type === 'chat' && messageId !== undefined) this.#refuse(messageId, problem);
  }

  /** A server that knows no chat, or the end. */
  refuseAll(problem: Problem): void {
    for (const messageId of [...this.#unanswered.keys()]) this.#refuse(messageId, problem);
  }

  #refuse(messageId: string, problem: Problem): void {
    this.#unanswered.get(messageId)?.reject(new ProblemError(problem));
    this.#unanswered.delete(messageId);
  }
}

/** Refuses what the server would (CHT-1). */
function checkText(text: string, longest: number): void {
  const { length } = text.trim();
  if (length === 0) refuse('limit-exceeded', 'characters of a message: 0 (expected: at least 1)');
  atMost('characters of a message', length, longest);
  if (CONTROL.test(text)) refuse('invalid-request', 'text (expected: no control characters but line break and tab)');
}
