import { Window } from 'happy-dom';
import { act, createElement, StrictMode, type ReactElement, type ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, type Session } from '../src/index.js';
import {
  SessionProvider,
  useAwareness,
  useChildren,
  useConflicts,
  useConnection,
  useElement,
  useHistory,
  useLock,
  usePresence,
  useSession,
  type LockState,
} from '../src/react/index.js';
import { FakeSocket } from './support/fakeSocket.js';
import { committed, element, participant, set, welcomeWith, wireWelcome } from './support/frames.js';

let createRoot: (container: Element) => Root;
let page: Window;
let root: Root;
let container: HTMLElement;
let socket: FakeSocket;
let session: Session;
const renders = new Map<string, number>();

beforeAll(async () => {
  page = new Window();
  vi.stubGlobal('window', page);
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('navigator', page.navigator);
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  ({ createRoot } = await import('react-dom/client'));
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await page.happyDOM.close();
});

beforeEach(() => {
  renders.clear();
  session = connect({
    url: 'http://localhost',
    sessionId: 'S1',
    guest: { name: 'Ada', color: '#336699' },
    webSocket: (url, protocols) => (socket = new FakeSocket(url, protocols)),
  });
  socket.opened();
  const elements = [element('a', 'a0', { props: { x: 0 } }), element('b', 'a1', { props: { x: 0 } })];
  socket.receives(wireWelcome(welcomeWith(10, ...elements)));
  container = document.createElement('div');
  root = createRoot(container);
});

afterEach(() => {
  act(() => {
    root.unmount();
  });
  session.close();
});

function rendered(name: string): void {
  renders.set(name, (renders.get(name) ?? 0) + 1);
}

function show(...children: ReactNode[]): void {
  act(() => {
    root.render(createElement(SessionProvider, { session }, ...children));
  });
}

function Box({ id }: { readonly id: string }): ReactElement {
  rendered(id);
  const box = useElement(id);
  return createElement('p', null, box ? `${id}=${JSON.stringify(box.props['x'])}` : `${id} is gone`);
}

function text(): string {
  return container.textContent;
}

describe('an element', () => {
  it('is rendered anew only when it changes itself', () => {
    show(createElement(Box, { id: 'a' }), createElement(Box, { id: 'b' }));
    expect(text()).toBe('a=0b=0');
    act(() => {
      session.edit([set('a', 'x', 1)]);
    });
    act(() => {
      socket.receives({ type: 'changes', from: 11, to: 11, changes: [committed(11, 'o:1', set('a', 'y', 1))] });
    });
    act(() => {
      socket.receives({ type: 'awareness', states: { p2: { pointer: [1, 2, 3] } } });
      socket.receives({ type: 'presence', joined: [participant('p2')], left: [], updated: [] });
    });
    expect([text(), renders.get('a'), renders.get('b')]).toEqual(['a=1b=0', 3, 1]);
  });

  it('is not there where people do not see it', () => {
    show(createElement(Box, { id: 'a' }), createElement(Box, { id: 'b' }));
    act(() => {
      session.edit([{ op: 'delete', id: 'a' }]);
    });
    expect([text(), renders.get('b')]).toEqual(['a is goneb=0', 1]);
  });

  it('a list of children is rendered anew only when one of them changes', () => {
    function Children({ parent }: { readonly parent: string | null }): ReactElement {
      rendered(`children ${String(parent)}`);
      return createElement('p', null, useChildren(parent).map(({ id }) => id).join());
    }
    show(createElement(Children, { parent: null }), createElement(Children, { parent: 'a' }));
    act(() => {
      session.edit([{ op: 'create', id: 'c', elementType: 'box', parent: 'a' }]);
    });
    expect([text(), renders.get('children null'), renders.get('children a')]).toEqual(['a,bc', 1, 2]);
  });
});

describe('the rest of the session', () => {
  it('presence and awareness; where one participant is concerns nobody who looks at another', () => {
    function Pointer({ of }: { readonly of: string }): ReactElement {
      rendered(of);
      return createElement('p', null, JSON.stringify(useAwareness(of)));
    }
    function People(): ReactElement {
      return createElement('p', null, `${usePresence().size} ${useAwareness().size} ${useConflicts().size}`);
    }
    show(createElement(Pointer, { of: 'p2' }), createElement(Pointer, { of: 'p3' }), createElement(People));
    act(() => {
      socket.receives({ type: 'presence', joined: [participant('p2')], left: [], updated: [] });
      socket.receives({ type: 'awareness', states: { p2: { a: 1 } } });
    });
    expect([text(), renders.get('p3')]).toEqual(['{"a":1}{}2 1 0', 1]);
  });

  it('history and connection', () => {
    let undo: () => void = () => undefined;
    function History(): ReactElement {
      const history = useHistory();
      const { state, pendingChanges, problem } = useConnection();
      ({ undo } = history);
      return createElement(
        'p',
        null,
        `${String(history.canUndo)} ${String(history.canRedo)} ${state} ${pendingChanges} ${problem?.title ?? 'fine'}`,
      );
    }
    show(createElement(History));
    expect(text()).toBe('false false online 0 fine');
    act(() => {
      session.edit([set('a', 'x', 1)]);
    });
    expect(text()).toBe('true false online 1 fine');
    act(() => {
      undo();
    });
    expect(text()).toBe('false true online 2 fine');
    act(() => {
      socket.receives({ type: 'bye', reason: 'sessionClosed', reconnect: false });
      socket.ends(1000);
    });
    expect(text()).toBe('false false closed 2 The server ended the connection');
  });

  it('[LCK-4] a lock is shown to all, and released with the component that acquired it', async () => {
    let state: LockState | undefined;
    function Locked(): ReactElement {
      state = useLock('a');
      return createElement('p', null, `${state.lock?.name ?? 'nobody'} ${String(state.isMine)} ${state.problem?.title ?? ''}`);
    }
    show(createElement(Locked));
    act(() => {
      state?.acquire(10);
    });
    const lock = { element: 'a', participantId: 'p1', userId: 'u-p1', name: 'Ada', lease: 1, expiresAt: '2125-01-01T00:00:00Z' };
    await act(async () => {
      socket.receives({ type: 'locks', locked: [lock], unlocked: [] });
      await Promise.resolve();
    });
    expect(text()).toBe('Ada true ');
    show();
    expect(socket.frames('unlock')).toEqual([{ type: 'unlock', element: 'a' }]);
    socket.receives({ type: 'locks', locked: [], unlocked: ['a'] });
    show(createElement(Locked));
    await act(async () => {
      state?.acquire();
      const problem = { type: 'urn:chorale:problem:locked', title: 'Locked', status: 423 };
      socket.receives({ type: 'error', problem, about: { type: 'lock', element: 'a' } });
      await Promise.resolve();
    });
    expect(text()).toBe('nobody false Locked');
  });

  it('a provider may join by itself, once for each mount, and leaves when it goes', () => {
    const sockets: FakeSocket[] = [];
    function State(): ReactElement {
      return createElement('p', null, useSession().state);
    }
    const options = {
      url: 'http://localhost',
      sessionId: 'S2',
      guest: { name: 'Ada', color: '#336699' },
      webSocket: (url: string, protocols: string[]) => {
        const opened = new FakeSocket(url, protocols);
        sockets.push(opened);
        return opened;
      },
    };
    const app = (): ReactElement => createElement(SessionProvider, { connect: { ...options } }, createElement(State));
    act(() => {
      root.render(createElement(StrictMode, null, app()));
    });
    act(() => {
      root.render(createElement(StrictMode, null, app()));
    });
    expect(text()).toBe('connecting');
    expect(sockets.filter((each) => each.closedWith === undefined)).toHaveLength(1);
    act(() => {
      root.render(null);
    });
    expect(sockets.every((each) => each.closedWith === 1000)).toBe(true);
  });

  it('outside of a provider a hook says so', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(() => {
      act(() => {
        root.render(createElement(Box, { id: 'a' }));
      });
    }).toThrow('SessionProvider');
    vi.restoreAllMocks();
  });
});
