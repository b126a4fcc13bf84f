import { expect, it } from 'vitest';
import { importWhenJoined, takePendingImport } from './pendingImport';

it('given a file waits for a session then that session gets it, once', () => {
  const file = { name: 'Stand', kind: 'scene', elements: [] };
  importWhenJoined('s', file);
  expect(takePendingImport('other')).toBeUndefined();
  expect(takePendingImport('s')).toBe(file);
  expect(takePendingImport('s')).toBeUndefined();
});
