import { ProblemError, type ChatMessage, type ChatPage, type Session, type SessionEvents } from '@chorale/client';
import { describe, expect, it, vi } from 'vitest';
import { ChatRoom } from './chatRoom';

function message(id: number, userId = 'ben'): ChatMessage {
  return { id: String(id), userId, participantId: userId, name: userId, text: `message ${id}`, at: new Date(id * 1000).toISOString() };
}

/** A session that only talks. */
class Talk {
  readonly sessionId = 's';
  readonly self = { participantId: 'ada', userId: 'ada', name: 'Ada', color: '#000000', role: 'editor', status: 'ONLINE' };
  readonly said: { readonly text: string; readonly resolve: (message: ChatMessage) => void; readonly reject: (reason: unknown) => void }[] = [];
  private readonly listeners: { readonly event: string; readonly hear: (payload: never) => void }[] = [];

  chat(text: string): Promise<ChatMessage> {
    return new Promise((resolve, reject) => this.said.push({ text, resolve, reject }));
  }

  on<E extends keyof SessionEvents>(event: E, hear: (payload: SessionEvents[E]) => void): () => void {
    this.listeners.push({ event, hear });
    return () => undefined;
  }

  tell<E extends keyof SessionEvents>(event: E, payload: SessionEvents[E]): void {
    for (const { event: heard, hear } of this.listeners) if (heard === event) (hear as (payload: SessionEvents[E]) => void)(payload);
  }
}

function room(pages: readonly ChatPage[] = [{ messages: [] }]) {
  const talk = new Talk();
  const waiting = [...pages];
  const read = vi.fn(async () => {
    const page = waiting.shift();
    if (page === undefined) throw new Error('no more pages');
    return page;
  });
  let seen = true;
  const chat = new ChatRoom(talk satisfies Pick<Session, 'chat' | 'on' | 'self' | 'sessionId'>, read, () => seen);
  return { talk, chat, read, look: (looking: boolean) => (seen = looking), state: () => chat.store.getState() };
}

const ids = (messages: readonly ChatMessage[]) => messages.map(({ id }) => Number(id));

describe('ChatRoom', () => {
  it('given others write while it is closed then they are counted until it is opened', () => {
    const { talk, chat, state } = room();
    talk.tell('chat', message(1));
    talk.tell('chat', message(1));
    talk.tell('chat', message(2, 'ada'));
    expect(state().unread).toBe(1);
    chat.toggle();
    expect(state()).toMatchObject({ open: true, unread: 0 });
    talk.tell('chat', message(3));
    expect(state().unread).toBe(0);
  });

  it('given it is open in a window that nobody looks at then messages are counted until somebody does', () => {
    const { talk, chat, state, look } = room();
    chat.toggle();
    look(false);
    talk.tell('chat', message(1));
    expect(state().unread).toBe(1);
    chat.seen();
    expect(state().unread).toBe(0);
  });

  it('[CHT-3] given it is opened then history is read, page by page, and joined with what came', async () => {
    const { talk, chat, state, read } = room([{ messages: [message(5), message(4)], nextCursor: 'older' }, { messages: [message(3)] }]);
    talk.tell('chat', message(5));
    chat.toggle();
    await vi.waitFor(() => expect(state()).toMatchObject({ history: 'read', cursor: 'older' }));
    await chat.readEarlier();
    expect(ids(state().messages)).toEqual([3, 4, 5]);
    await chat.readEarlier();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('given history cannot be read then that can be tried again', async () => {
    const { chat, state } = room([]);
    chat.toggle();
    await vi.waitFor(() => expect(state().history).toBe('failed'));
  });

  it('given a message is stored then it stands once and no longer waits', async () => {
    const { talk, chat, state } = room();
    chat.say('hello');
    expect(state().unsent).toMatchObject([{ text: 'hello' }]);
    const stored = message(7, 'ada');
    talk.tell('chat', stored);
    talk.said[0]?.resolve(stored);
    await vi.waitFor(() => expect(state().unsent).toEqual([]));
    expect(ids(state().messages)).toEqual([7]);
  });

  it('given a message is refused then it says why and can be sent again', async () => {
    const { talk, chat, state } = room();
    chat.say('hello');
    talk.said[0]?.reject(new ProblemError({ type: 'urn:chorale:problem:storage-unavailable', title: 'Not now', status: 503 }));
    await vi.waitFor(() => expect(state().unsent).toMatchObject([{ problem: { title: 'Not now' } }]));
    const [failed] = state().unsent;
    if (failed) chat.again(failed);
    expect(talk.said.map(({ text }) => text)).toEqual(['hello', 'hello']);
    expect(state().unsent).toHaveLength(1);
    expect(state().unsent[0]?.problem).toBeUndefined();
  });

  it('given the connection was lost then what was said meanwhile is read back to what is known', async () => {
    const { talk, chat, state } = room([
      { messages: [message(1)] },
      { messages: [message(4), message(3)], nextCursor: 'a' },
      { messages: [message(2), message(1)], nextCursor: 'b' },
    ]);
    chat.toggle();
    await vi.waitFor(() => expect(state().history).toBe('read'));
    chat.toggle(false);
    talk.tell('state', 'online');
    await vi.waitFor(() => expect(ids(state().messages)).toEqual([1, 2, 3, 4]));
    expect(state().unread).toBe(3);
  });
});
