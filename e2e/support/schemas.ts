import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';

const DIRECTORY = fileURLToPath(new URL('../../docs/protocol/schemas', import.meta.url));
/** The schemas refer to each other by relative paths, so they need a common place; nothing is ever fetched from it. */
const BASE = 'https://schemas.invalid/';

const AJV = new Ajv({ allErrors: true, allowUnionTypes: true, strictTuples: false, validateFormats: false });
for (const file of readdirSync(DIRECTORY, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.json')) continue;
  AJV.addSchema(JSON.parse(readFileSync(join(DIRECTORY, file), 'utf8')) as object, BASE + file.replaceAll(sep, '/'));
}

/** What of a frame is not as docs/protocol/schemas describes it; undefined where all is. */
export function violation(side: 'client' | 'server', frame: { readonly type: string }): string | undefined {
  const validate = AJV.getSchema(`${BASE}${side}/${frame.type}.json`);
  if (!validate) return `a ${side}'s frame of a type that is not described: ${frame.type}`;
  return validate(frame) ? undefined : `a ${side}'s ${frame.type} is not as described: ${AJV.errorsText(validate.errors)}`;
}
