import { describe, expect, it } from 'vitest';
import { cleanName, readIdentity, saveIdentity } from './identity';
import { memoryStorage } from './memoryStorage';

describe('identity', () => {
  it('given none was saved then there is none', () => {
    expect(readIdentity(memoryStorage())).toBeUndefined();
  });

  it('given a changed name when saved again then the secret stays', () => {
    const storage = memoryStorage();
    const first = saveIdentity(storage, 'Ada', '#e4572e');
    const second = saveIdentity(storage, 'Ada L.', '#2f74c0');
    expect(second.secret).toBe(first.secret);
    expect(readIdentity(storage)).toEqual({ name: 'Ada L.', color: '#2f74c0', secret: first.secret });
  });

  it('given a new identity then its secret is as long as the protocol wants', () => {
    expect(saveIdentity(memoryStorage(), 'Ada', '#e4572e').secret).toMatch(/^[A-Za-z0-9_-]{32}$/);
  });

  it.each(['{', 'null', '[]', '{"name":1}', '{"name":"a","color":"red","secret":"0123456789abcdef"}', '{"name":" ","color":"#ffffff","secret":"0123456789abcdef"}', '{"name":"a","color":"#ffffff","secret":"short"}'])(
    'given %s in storage then there is none',
    (stored) => {
      expect(readIdentity(memoryStorage({ 'chorale.identity': stored }))).toBeUndefined();
    },
  );

  it('[HEL-2] given control characters and blanks then the name is as the protocol wants it', () => {
    expect(cleanName('  A\u0000da\n ')).toBe('A da');
    expect(cleanName('x'.repeat(99))).toHaveLength(64);
  });
});
