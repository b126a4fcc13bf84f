import { describe, expect, it } from 'vitest';
import { testDocument } from '../session/testDocument';
import { fileNameOf, readFile, readSessionFile, sessionFileOf } from './sessionFile';

const SESSION = { name: 'Stand 7 / Köln', kind: 'scene' };
const NOW = new Date('2026-01-05T09:00:00Z');
const DOCUMENT = testDocument(
  { id: 'a', elementType: 'group', props: { name: 'Group' } },
  { id: 'b', props: { color: '#2a9d8f' } },
  { id: 'c', elementType: 'label', parent: 'a', props: { text: 'Way in' } },
);

function element(id: string, rest: object = {}) {
  return { id, type: 'box', parent: null, order: 0, props: {}, ...rest };
}

function file(rest: object): string {
  return JSON.stringify({ format: 'chorale-session', version: 1, name: 'Stand', kind: 'scene', elements: [element('a')], ...rest });
}

describe('a session file', () => {
  it('given a document then the file tells its elements, parents before children, with their places', () => {
    const { name, text } = sessionFileOf(DOCUMENT, SESSION, NOW);
    expect(name).toBe('Stand-7-Köln.chorale.json');
    expect(JSON.parse(text)).toEqual({
      format: 'chorale-session',
      version: 1,
      ...SESSION,
      exportedAt: '2026-01-05T09:00:00.000Z',
      elements: [
        { id: 'a', type: 'group', parent: null, order: 0, props: { name: 'Group' } },
        { id: 'c', type: 'label', parent: 'a', order: 0, props: { text: 'Way in' } },
        { id: 'b', type: 'box', parent: null, order: 1, props: { color: '#2a9d8f' } },
      ],
    });
  });

  it('given what was exported when read then it is the same', () => {
    const { text } = sessionFileOf(DOCUMENT, SESSION, NOW);
    expect(readSessionFile(text)).toEqual({ file: { ...SESSION, elements: (JSON.parse(text) as { elements: unknown }).elements } });
  });

  it('[DOC-8] given constraints then the file names what they are about, and is read as it was written', () => {
    const document = testDocument({ id: 'a' }, { id: 'b', parent: 'a' }, { id: 'gap', elementType: 'distance', refs: ['a', 'b'], props: { value: 2 } });
    const { text } = sessionFileOf(document, SESSION, NOW);
    const { version, elements } = JSON.parse(text) as { version: number; elements: unknown[] };
    expect(version).toBe(2);
    expect(elements.at(-1)).toEqual({ id: 'gap', type: 'distance', parent: null, order: 1, props: { value: 2 }, refs: ['a', 'b'] });
    expect(readSessionFile(text)).toEqual({ file: { ...SESSION, elements } });
  });

  it('given elements in any order then parents come first and siblings by their place', () => {
    const elements = [element('d', { parent: 'c', order: 1 }), element('e', { parent: 'c', order: 0 }), element('c', { order: 2 }), element('a', { order: -1 })];
    const reading = readSessionFile(file({ elements }));
    expect('file' in reading && reading.file.elements.map(({ id }) => id)).toEqual(['a', 'c', 'e', 'd']);
  });

  it.each([
    ['', 'foreign'],
    ['{', 'foreign'],
    ['null', 'foreign'],
    ['[]', 'foreign'],
    ['{"format":"chorale-refused-edits","version":1}', 'foreign'],
    [file({ version: '1' }), 'foreign'],
    [file({ version: 3 }), 'newer'],
    [file({ name: 7 }), 'broken'],
    [file({ elements: {} }), 'broken'],
    [file({ elements: [] }), 'empty'],
    [file({ elements: [null] }), 'broken'],
    [file({ elements: [element('')] }), 'broken'],
    [file({ elements: [element('a'), element('a')] }), 'broken'],
    [file({ elements: [element('a', { parent: 'nobody' })] }), 'broken'],
    [file({ elements: [element('a', { parent: 'b' }), element('b', { parent: 'a' })] }), 'broken'],
    [file({ elements: [element('a', { props: [] })] }), 'broken'],
    [file({ elements: [element('a', { texts: { notes: 1 } })] }), 'broken'],
    [file({ elements: [element('a'), element('c', { refs: [] })] }), 'broken'],
    [file({ elements: [element('a'), element('c', { refs: 'a' })] }), 'broken'],
    [file({ elements: [element('a'), element('c', { refs: ['a', 'nobody'] })] }), 'broken'],
    [file({ elements: [element('a'), element('c', { refs: ['a'] }), element('d', { refs: ['c'] })] }), 'broken'],
    [file({ elements: [element('a'), element('c', { refs: ['a'] }), element('d', { parent: 'c' })] }), 'broken'],
    [file({ elements: Array.from({ length: 10_001 }, (_, index) => element(String(index))) }), 'tooMany'],
    [file({}).replace('"props":{}', '"props":{"position":[0,1e999,0]}'), 'broken'],
  ])('given %.60s then it is refused as %s', (text, refusal) => {
    expect(readSessionFile(text)).toEqual({ refusal });
  });

  it('given a name with control characters then they are gone', () => {
    expect(readSessionFile(file({ name: ' Sta\u0000nd\n' }))).toMatchObject({ file: { name: 'Sta nd' } });
  });

  it('given a file that is too large or cannot be read then nothing is read of it', async () => {
    expect(await readFile({ size: 2 ** 30, text: () => Promise.reject(new Error('not to be read')) })).toEqual({ refusal: 'tooLarge' });
    expect(await readFile({ size: 1, text: () => Promise.reject(new Error('gone')) })).toEqual({ refusal: 'unreadable' });
  });

  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['  ', 'session'],
    ['Überblick', 'Überblick'],
  ])('given the name %j then the file is called %s', (name, called) => {
    expect(fileNameOf(name)).toBe(called);
  });
});
