import type { ChatMessage, Problem } from '@chorale/client';

/** One's own message that is not stored yet: on its way, or not taken. */
export interface Unsent {
  readonly key: string;
  readonly text: string;
  readonly problem?: Problem;
}

/** Stored messages, the oldest first and each once, from the socket and from history alike. */
export type Messages = readonly ChatMessage[];

/** Adds messages, in whatever order they come; those known already are ignored. */
export function withMessages(known: Messages, news: Messages): Messages {
  const ids = new Set(known.map(({ id }) => id));
  const added = news.filter(({ id }) => !ids.has(id) && ids.add(id));
  if (added.length === 0) return known;
  return [...known, ...added].sort((a, b) => compareIds(a.id, b.id));
}

/** Ids are decimal numbers of any length. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Messages that one person wrote soon after each other are one block: name and time stand once. */
export interface Block {
  readonly key: string;
  readonly userId: string;
  readonly name: string;
  /** Epoch milliseconds of the first one. */
  readonly at: number;
  readonly messages: Messages;
  /** Whether it is the first of its day. */
  readonly newDay: boolean;
}

const BLOCK_MS = 5 * 60_000;

export function blocksOf(messages: Messages): readonly Block[] {
  const blocks: { key: string; userId: string; name: string; at: number; messages: ChatMessage[]; newDay: boolean }[] = [];
  let day = '';
  for (const message of messages) {
    const at = Date.parse(message.at);
    const newDay = new Date(at).toDateString() !== day;
    day = new Date(at).toDateString();
    const last = blocks.at(-1);
    const goesOn = last?.userId === message.userId && last.name === message.name && !newDay && at - last.at < BLOCK_MS;
    if (goesOn) last.messages.push(message);
    else blocks.push({ key: message.id, userId: message.userId, name: message.name, at, messages: [message], newDay });
  }
  return blocks;
}
