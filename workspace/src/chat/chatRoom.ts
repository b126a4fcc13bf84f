import { ProblemError, readChat, type ChatMessage, type ChatPage, type Problem, type Session } from '@chorale/client';
import { callerFor } from '../account/caller';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { randomId } from '../app/ids';
import { withMessages, type Messages, type Unsent } from './chatLog';

export interface ChatState {
  readonly open: boolean;
  readonly messages: Messages;
  readonly unsent: readonly Unsent[];
  /** Others' messages that came while one did not look. */
  readonly unread: number;
  readonly history: 'unread' | 'reading' | 'read' | 'failed';
  /** Where the earlier messages go on; undefined at the beginning, and before anything was read. */
  readonly cursor: string | undefined;
}

const PAGE = 40;

type ReadPage = (page: { readonly limit: number; readonly cursor?: string }) => Promise<ChatPage>;
type Talking = Pick<Session, 'chat' | 'on' | 'self' | 'sessionId'>;

/** What is said in a session: as it comes, and as it was before, read when somebody looks. */
export class ChatRoom {
  readonly store: StoreApi<ChatState>;
  private readonly unsubscribe: readonly (() => void)[];

  constructor(
    private readonly session: Talking,
    private readonly readPage: ReadPage = async (page) => readChat(window.location.origin, session.sessionId, page, await callerFor(session.sessionId)),
    private readonly isSeen: () => boolean = () => document.visibilityState === 'visible',
  ) {
    this.store = createStore<ChatState>(() => ({ open: false, messages: [], unsent: [], unread: 0, history: 'unread', cursor: undefined }));
    this.unsubscribe = [
      session.on('chat', (message) => this.said(message)),
      session.on('state', (state) => {
        if (state === 'online') void this.catchUp();
      }),
    ];
  }

  dispose(): void {
    for (const stop of this.unsubscribe) stop();
  }

  toggle(open = !this.store.getState().open): void {
    if (this.store.getState().open === open) return;
    this.store.setState({ open, ...(open && { unread: 0 }) });
    if (open && this.store.getState().history === 'unread') void this.readEarlier();
  }

  seen(): void {
    if (this.store.getState().unread > 0) this.store.setState({ unread: 0 });
  }

  say(text: string): void {
    this.send({ key: randomId(8), text });
  }

  again(unsent: Unsent): void {
    this.discard(unsent.key);
    this.send({ key: unsent.key, text: unsent.text });
  }

  discard(key: string): void {
    this.store.setState(({ unsent }) => ({ unsent: unsent.filter((each) => each.key !== key) }));
  }

  private send(message: Unsent): void {
    this.store.setState(({ unsent }) => ({ unsent: [...unsent, message] }));
    this.session.chat(message.text).then(
      (stored) => {
        this.discard(message.key);
        this.add([stored]);
      },
      (reason: unknown) => {
        const problem = problemOf(reason);
        this.store.setState(({ unsent }) => ({ unsent: unsent.map((each) => (each.key === message.key ? { ...each, problem } : each)) }));
      },
    );
  }

  private said(message: ChatMessage): void {
    const { open, messages } = this.store.getState();
    const known = messages.some(({ id }) => id === message.id);
    this.add([message]);
    if (known || message.userId === this.session.self?.userId || (open && this.isSeen())) return;
    this.store.setState(({ unread }) => ({ unread: unread + 1 }));
  }

  private add(news: Messages): void {
    this.store.setState(({ messages }) => ({ messages: withMessages(messages, news) }));
  }

  /** Reads the next page of what was said before. */
  async readEarlier(): Promise<void> {
    const { history, cursor } = this.store.getState();
    if (history === 'reading' || (history === 'read' && cursor === undefined)) return;
    this.store.setState({ history: 'reading' });
    try {
      const page = await this.readPage({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
      this.add(page.messages);
      this.store.setState({ history: 'read', cursor: page.nextCursor });
    } catch {
      this.store.setState({ history: 'failed' });
    }
  }

  /** Reads what was said while the connection was lost: back to what is known already. */
  private async catchUp(): Promise<void> {
    const newest = this.store.getState().messages.at(-1);
    if (this.store.getState().history !== 'read') return;
    try {
      let cursor: string | undefined;
      do {
        const page = await this.readPage({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
        for (const message of [...page.messages].reverse()) this.said(message);
        const meets = newest !== undefined && page.messages.some(({ id }) => id === newest.id);
        cursor = meets ? undefined : page.nextCursor;
      } while (cursor !== undefined);
    } catch {
      // What was missed is read with the next connection.
    }
  }
}

function problemOf(reason: unknown): Problem {
  if (reason instanceof ProblemError) return reason.problem;
  return { type: 'about:blank', title: String(reason), status: 0 };
}
