import { describe, expect, test } from 'vitest';
import { decode } from '../scene/sceneElement';
import { readSessionFile } from '../transfer/sessionFile';
import { templateNamed, templatesOf } from './templates';

const ALL = [...templatesOf('scene'), ...templatesOf('parameters')];

describe.each(ALL)('$id', ({ id, file }) => {
  test('is what could come from a file', () => {
    expect(readSessionFile(JSON.stringify({ format: 'chorale-session', version: 1, ...file }))).toEqual({ file: { ...file, elements: expect.any(Array) as unknown } });
  });

  test('is found by its id', () => {
    expect(templateNamed(id)?.file).toBe(file);
  });

  test('has only things that the scene knows, with names, above the ground', () => {
    for (const { id: element, type, props } of file.elements) {
      const decoded = decode({ id: element, elementType: type, props });
      if (file.kind === 'scene') expect(decoded).toMatchObject({ kind: type, name: expect.stringMatching(/./) as unknown });
    }
  });
});

test('each kind of session has its own, and there is none of any other', () => {
  expect(templatesOf('scene').map(({ id }) => id)).toEqual(['room', 'planets']);
  expect(templatesOf('parameters').map(({ id }) => id)).toEqual(['climate']);
  expect(templatesOf('__proto__')).toEqual([]);
  expect(templateNamed('constructor')).toBeUndefined();
});
