/// <reference types="vite/client" />
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

export type Side = 'client' | 'server';

const FILES = import.meta.glob<string>('../../../docs/protocol/schemas/**/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The schemas refer to each other by relative paths, so they need a common place; nothing is ever fetched from it. */
const BASE = 'https://schemas.invalid/';

const AJV = new Ajv({
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  strictTuples: false,
  validateFormats: false,
});
for (const [file, text] of Object.entries(FILES)) {
  AJV.addSchema(JSON.parse(text) as object, BASE + file.slice(file.indexOf('/schemas/') + '/schemas/'.length));
}

/** What of a frame is not as docs/protocol/schemas describes it: where, what, and which place of the schema says so. */
export function violations(side: Side, frame: unknown): readonly string[] {
  const type = (frame as { readonly type?: unknown }).type;
  const validate: ValidateFunction | undefined = AJV.getSchema(`${BASE}${side}/${String(type)}.json`);
  if (!validate) return [`type: ${String(type)} (expected: one that is described)`];
  return validate(frame) ? [] : meant(validate.errors ?? []).map(line);
}

/** Throws where a frame is not as described. */
export function requireDescribed(side: Side, frame: unknown): void {
  const found = violations(side, frame);
  if (found.length > 0) throw new Error(`a ${side}'s frame is not as described: ${found.join('; ')}`);
}

/** Of operations, which `op` tells apart, only what the one that was meant has to say: a bad `set` is no `move` either. */
function meant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const operations = errors.filter(({ keyword, data }) => keyword === 'oneOf' && opOf(data) !== undefined);
  const inOperation = ({ instancePath, schemaPath }: ErrorObject): boolean =>
    !schemaPath.endsWith('/false schema') &&
    operations.some((operation) => `${instancePath}/`.startsWith(`${operation.instancePath}/`));
  const inside = operations.flatMap((operation) => operationErrors(operation) ?? [operation]);
  return [...errors.filter((error) => !inOperation(error)), ...inside];
}

function operationErrors({ instancePath, schema, data }: ErrorObject): readonly ErrorObject[] | undefined {
  for (const { $ref } of schema as readonly { readonly $ref: string }[]) {
    const validate = AJV.getSchema(`${BASE}operations.json${$ref}`);
    const described = validate?.schema as { readonly properties?: { readonly op?: { readonly const: unknown } } } | undefined;
    if (!validate || described?.properties?.op?.const !== opOf(data)) continue;
    void validate(data);
    return (validate.errors ?? []).map((error) => ({ ...error, instancePath: instancePath + error.instancePath }));
  }
  return undefined;
}

function opOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'op' in data ? data.op : undefined;
}

function line({ instancePath, message, params, schemaPath }: ErrorObject): string {
  return `${instancePath}: ${message ?? ''} ${JSON.stringify(params)} [${schemaPath}]`;
}
