/** Closes a switch: a new case does not compile until it has an answer here. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
