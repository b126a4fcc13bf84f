import { isProblem, type Problem } from '@chorale/client';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { language } from '../app/language';
import { messages } from '../app/messages';
import { Avatar } from '../presence/Avatar';
import { useChat, useParticipants, useSelfUser, useWorkspace } from '../session/WorkspaceContext';
import { isManager } from '../sharing/denial';
import { rightsWords } from '../sharing/rightsWords';
import { useMuted, useSlowMode } from '../sharing/useRights';
import { Button, IconButton } from '../ui/Button';
import { Icon } from '../ui/Icon';
import { blocksOf, type Block, type Unsent } from './chatLog';

const text = messages.chat;
const LONGEST = 2000;
/** So near to an end of the log, it counts as there. */
const NEAR = 48;
/** Where it stands beside the scene instead of over it. */
const BESIDE = window.matchMedia('(min-width: 1000px)');
const FINE = window.matchMedia('(pointer: fine)');
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const calendar = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const exact = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium' });

export function ChatPanel() {
  const open = useChat((state) => state.open);
  return open ? <Panel /> : null;
}

function Panel() {
  const workspace = useWorkspace();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const side = () => workspace.coverSide(BESIDE.matches ? (panel.current?.offsetWidth ?? 0) : 0);
    side();
    BESIDE.addEventListener('change', side);
    return () => {
      BESIDE.removeEventListener('change', side);
      workspace.coverSide(0);
    };
  }, [workspace]);
  const close = () => {
    workspace.chat.toggle(false);
    document.querySelector<HTMLElement>('[data-testid="chat-toggle"]')?.focus();
  };
  return (
    <aside
      ref={panel}
      className="panel chat"
      aria-label={text.title}
      data-testid="chat"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <div className="panel-head">
        <h2>{text.title}</h2>
        <IconButton icon="close" label={text.close} hint="none" className="icon-button-small" onClick={close} data-testid="chat-close" />
      </div>
      <Log />
      <Composer />
    </aside>
  );
}

function Log() {
  const { chat } = useWorkspace();
  const stored = useChat((state) => state.messages);
  const unsent = useChat((state) => state.unsent);
  const unread = useChat((state) => state.unread);
  const history = useChat((state) => state.history);
  const cursor = useChat((state) => state.cursor);
  const blocks = useMemo(() => blocksOf(stored), [stored]);
  const log = useRef<HTMLDivElement>(null);
  const scroll = useRef({ atEnd: true, height: 0, oldest: stored[0]?.id });
  const [behind, setBehind] = useState(false);
  const oldest = stored[0]?.id;
  const newest = stored.at(-1)?.id;

  // What is added above does not move what one reads; what is added below is followed by whoever was at the end.
  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const { atEnd, height, oldest: before } = scroll.current;
    if (atEnd) element.scrollTop = element.scrollHeight;
    else if (before !== oldest) element.scrollTop += element.scrollHeight - height;
    else setBehind(true);
    scroll.current = { ...scroll.current, height: element.scrollHeight, oldest };
  }, [oldest, newest, unsent.length]);

  useEffect(() => {
    const returned = () => {
      if (document.visibilityState === 'visible') chat.seen();
    };
    document.addEventListener('visibilitychange', returned);
    return () => document.removeEventListener('visibilitychange', returned);
  }, [chat]);

  const scrolled = () => {
    const element = log.current;
    if (!element) return;
    scroll.current.atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    scroll.current.height = element.scrollHeight;
    if (scroll.current.atEnd) setBehind(false);
    if (element.scrollTop < NEAR && cursor !== undefined) void chat.readEarlier();
  };
  const empty = stored.length + unsent.length === 0;
  return (
    <div className="chat-log" role="log" aria-label={text.log} aria-relevant="additions" tabIndex={0} ref={log} onScroll={scrolled} data-testid="chat-log" data-history={history} data-unread={unread}>
      {history === 'reading' && <p className="chat-aside">{text.loading}</p>}
      {history === 'failed' && (
        <p className="chat-aside">
          {text.historyFailed}{' '}
          <button type="button" className="text-button" onClick={() => void chat.readEarlier()}>
            {messages.retry}
          </button>
        </p>
      )}
      {history === 'read' && cursor === undefined && !empty && <p className="chat-aside">{text.beginning}</p>}
      {history !== 'reading' && empty && (
        <div className="chat-empty">
          <strong>{text.empty}</strong>
          <span>{text.emptyDetail}</span>
        </div>
      )}
      {blocks.map((block) => (
        <Said key={block.key} block={block} />
      ))}
      {unsent.map((message) => (
        <NotSaid key={message.key} message={message} />
      ))}
      {behind && (
        <button
          type="button"
          className="button button-primary chat-newer"
          onClick={() => {
            log.current?.scrollTo({ top: log.current.scrollHeight });
          }}
        >
          {text.newer}
        </button>
      )}
    </div>
  );
}

function Said({ block }: { readonly block: Block }) {
  const workspace = useWorkspace();
  const userId = useSelfUser();
  // Colours come from who is here, and change with them.
  useParticipants();
  const mine = block.userId === userId;
  const { color } = workspace.acquaintance(block.userId, block.name);
  return (
    <>
      {block.newDay && (
        <p className="chat-day">
          <span>{dayOf(block.at, new Date())}</span>
        </p>
      )}
      <div className="chat-block" data-mine={mine}>
        <Avatar name={block.name} color={color} />
        <div className="chat-said">
          <p className="chat-who">
            <strong>{mine ? text.you : block.name}</strong>
            <time dateTime={new Date(block.at).toISOString()} title={exact.format(block.at)}>
              {clock.format(block.at)}
            </time>
          </p>
          {block.messages.map((message) => (
            <p key={message.id} className="chat-text" data-testid="chat-message" data-author={message.name} title={exact.format(Date.parse(message.at))}>
              {message.text}
            </p>
          ))}
        </div>
      </div>
    </>
  );
}

function NotSaid({ message }: { readonly message: Unsent }) {
  const { chat } = useWorkspace();
  return (
    <div className="chat-block chat-unsent" data-testid="chat-unsent" data-failed={message.problem !== undefined}>
      <span className="option-blank" aria-hidden="true">
        <Icon name={message.problem === undefined ? 'send' : 'warning'} size={16} />
      </span>
      <div className="chat-said">
        <p className="chat-text">{message.text}</p>
        {message.problem === undefined ? (
          <p className="chat-aside">{text.sending}</p>
        ) : (
          <p className="chat-failed">
            {text.failed}. {whyUnsent(message.problem)}.{' '}
            <button type="button" className="text-button" onClick={() => chat.again(message)} data-testid="chat-again">
              {text.again}
            </button>{' '}
            <button type="button" className="text-button" onClick={() => chat.discard(message.key)}>
              {text.discard}
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

function whyUnsent(problem: Problem): string {
  if (isProblem(problem, 'forbidden')) return rightsWords.chat.muted;
  if (isProblem(problem, 'unsuitable-words')) return rightsWords.chat.words;
  if (isProblem(problem, 'too-many-requests') && problem.retryAfter !== undefined) return rightsWords.chat.wait(problem.retryAfter);
  return problem.title;
}

function Composer() {
  const { chat } = useWorkspace();
  const [draft, setDraft] = useState('');
  const muted = useMuted();
  const slow = useSlowMode();
  const wait = useWait(slow);
  const field = useRef<HTMLTextAreaElement>(null);
  const tooLong = draft.trim().length > LONGEST;

  // A keyboard on the screen would cover what one came to read.
  useEffect(() => {
    if (FINE.matches) field.current?.focus();
  }, []);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [draft]);

  const send = () => {
    const said = draft.trim();
    if (said === '' || tooLong || wait > 0) return;
    setDraft('');
    chat.say(said);
  };
  const pressed = (event: KeyboardEvent) => {
    // While an input method composes, Enter is its own.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  if (muted) return <Muted />;
  return (
    <form
      className="chat-composer"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={field}
        className="input"
        rows={1}
        value={draft}
        placeholder={text.write}
        aria-label={text.write}
        aria-describedby="chat-keys"
        aria-invalid={tooLong}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={pressed}
        data-testid="chat-field"
      />
      <Button tone="primary" type="submit" icon="send" className="chat-send" aria-label={text.send} disabled={draft.trim() === '' || tooLong || wait > 0} data-testid="chat-send">
        {''}
      </Button>
      {slow > 0 && (
        <p className="chat-slow" role="status" data-testid="chat-slow" data-wait={wait}>
          <Icon name="history" size={16} />
          {wait > 0 ? rightsWords.chat.wait(wait) : rightsWords.chat.slow(slow)}
        </p>
      )}
      <p id="chat-keys" className={tooLong ? 'field-error' : 'field-hint chat-keys'}>
        {tooLong ? text.tooLong(LONGEST) : text.keys}
      </p>
    </form>
  );
}

/** In the place of the field, for those who may not write. */
function Muted() {
  return (
    <div className="chat-muted" role="status" data-testid="chat-muted">
      <Icon name="mute" />
      <p>
        <strong>{rightsWords.chat.muted}</strong>
        <span>{rightsWords.chat.mutedDetail}</span>
      </p>
    </div>
  );
}

/** So many seconds until slow mode lets one write again. */
function useWait(slow: number): number {
  const { session } = useWorkspace();
  const userId = useSelfUser();
  const last = useChat(({ messages: said }) => said.findLast((message) => message.userId === userId)?.at);
  const next = slow > 0 && last !== undefined && !isManager(session.self) ? Date.parse(last) + slow * 1000 : 0;
  const left = () => Math.max(0, Math.ceil((next - Date.now() - (session.serverClockAheadMs ?? 0)) / 1000));
  const [, tick] = useState(0);
  const wait = left();
  useEffect(() => {
    if (wait === 0) return undefined;
    const timer = setTimeout(() => tick((count) => count + 1), 500);
    return () => clearTimeout(timer);
  });
  return wait;
}

function dayOf(at: number, now: Date): string {
  const day = new Date(at).toDateString();
  if (day === now.toDateString()) return text.today;
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  return day === yesterday.toDateString() ? text.yesterday : calendar.format(at);
}
