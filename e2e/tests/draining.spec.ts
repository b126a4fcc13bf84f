import { request, type ClientRequest } from 'node:http';
import { expect } from '@playwright/test';
import { WebSocket } from 'ws';
import { newSession } from '../support/clients.js';
import { test } from '../support/fixtures.js';
import { RawSocket, readLog } from '../support/rawSocket.js';
import type { ChoraleServer } from '../support/server.js';

const READERS = 4;
const IN_FLIGHT = 16;
const BEFORE = 50;

test('[CON-8] a stopping server answers what it got, takes nothing new, and spreads those who come back', async ({ newServer }) => {
  const environment = {
    CHORALE_CONNECTION_DRAIN_RETRY_AFTER: 'PT0.5S',
    CHORALE_CONNECTION_DRAIN_INTERVAL: 'PT0.4S',
    CHORALE_CONNECTION_DRAIN_SPREAD: 'PT1.5S',
    CHORALE_CONNECTION_DRAIN_TIMEOUT: 'PT20S',
  };
  const own = await newServer({ environment });
  await own.start();
  const sessionId = await newSession(own);
  const readers = await Promise.all(Array.from({ length: READERS }, () => RawSocket.hello(own, sessionId)));
  await Promise.all(readers.map((reader) => reader.next('welcome')));
  const writer = await RawSocket.hello(own, sessionId);
  await writer.next('welcome');

  const accepted = new Map<string, number>();
  let busy: () => void;
  const isBusy = new Promise<void>((resolve) => (busy = resolve));
  const written = write(writer, accepted, () => busy());
  await isBusy;
  // The server waits for the rest of it: time enough to look.
  const call = await beginCall(own, sessionId);
  const stopped = own.stop('SIGTERM');

  const refused = await refusal(`${own.url}/api/v1/sessions/${sessionId}`);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toMatchObject({ type: 'urn:chorale:problem:server-busy', retryAfter: 1 });
  expect(await upgrade(own, sessionId)).toBe(503);
  const health = await fetch(`${own.url}/health/ready`);
  expect([health.status, ((await health.json()) as { status: string }).status]).toEqual([503, 'DOWN']);
  const posted = await endCall(call);

  const byes = await Promise.all(readers.map((reader) => reader.next('bye')));
  const times = [...byes, await written].map((bye) => bye.retryAfter ?? Number.NaN).toSorted((a, b) => a - b);
  const expected = Array.from({ length: times.length }, (_, index) => 0.5 + (1.5 * index) / times.length);
  expect(times.map((time) => time.toFixed(2))).toEqual(expected.map((time) => time.toFixed(2)));
  expect((await stopped).code).toBe(143);

  await own.start();
  const log = await readLog(own, sessionId);
  expect(log.length).toBeGreaterThanOrEqual(BEFORE);
  // What was committed was answered, and the other way round.
  accepted.set(posted.changeId, posted.revision);
  expect(log.map(({ changeId, revision }) => [changeId, revision])).toEqual([...accepted].toSorted(([, a], [, b]) => a - b));
});

/** A change by REST of which the server has not read everything. */
async function beginCall(server: ChoraleServer, sessionId: string): Promise<ClientRequest> {
  const headers = { 'Content-Type': 'application/json', Expect: '100-continue' };
  const call = request(`${server.url}/api/v1/sessions/${sessionId}/changes`, { method: 'POST', headers });
  call.flushHeaders();
  await new Promise((resolve, reject) => {
    call.once('continue', resolve);
    call.once('error', reject);
  });
  call.write('{"guest": {"name": "Slow", "color": "#808080"}, "changes": [');
  return call;
}

async function endCall(call: ClientRequest): Promise<{ readonly changeId: string; readonly revision: number }> {
  const answered = new Promise<string>((resolve, reject) => {
    call.once('error', reject);
    call.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve(text));
    });
  });
  call.end('{"operations": [{"op": "create", "id": "slow", "elementType": "box", "parent": null}]}]}');
  const { results } = JSON.parse(await answered) as { results: { changeId: string; revision: number }[] };
  const [posted] = results;
  if (posted === undefined) throw new Error('no change was answered');
  return posted;
}

/** Always some changes on the way, until the server says that it stops. */
async function write(socket: RawSocket, accepted: Map<string, number>, busy: () => void) {
  let sent = 0;
  const submit = (): void => {
    const operations = [{ op: 'create', id: `e${sent}`, elementType: 'box', parent: null }];
    socket.send({ type: 'submit', changes: [{ changeId: `reader:${sent}`, baseRevision: 0, seenRevision: 0, operations }] });
    sent += 1;
  };
  for (let i = 0; i < IN_FLIGHT; i += 1) submit();
  for (;;) {
    const frame = await socket.next('accepted', 'bye');
    if (frame.type === 'bye') return frame;
    accepted.set(frame.changeId, frame.revision);
    if (accepted.size === BEFORE) busy();
    submit();
  }
}

/** The first answer of a server that takes nothing new. */
async function refusal(url: string): Promise<Response> {
  for (;;) {
    const answer = await fetch(url);
    if (answer.status === 503) return answer;
    await answer.text();
  }
}

/** What a server says to whoever wants a socket. */
async function upgrade(server: ChoraleServer, sessionId: string): Promise<number | undefined> {
  const socket = new WebSocket(`ws://localhost:${server.port}/ws/v1/sessions/${sessionId}`, 'chorale.v1');
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode);
      response.destroy();
    });
  });
}
