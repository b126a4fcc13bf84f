const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ZERO = 'a0';
const LOWER_A = 'a'.charCodeAt(0);
const UPPER_Z = 'Z'.charCodeAt(0);
const WELL_FORMED = /^[A-Za-z][0-9A-Za-z]+$/;

/** Whether a text is a key: an integer part, and a fraction that does not end in 0. */
export function isOrderKey(key: string): boolean {
  return isWellFormed(key) && (key.length === integerLength(key) || !key.endsWith('0'));
}

/**
 * Evenly spaced keys between two others, ascending; undefined stands for the open end on that side.
 *
 * @param count how many: at least 0
 */
export function spreadOrderKeys(low: string | undefined, high: string | undefined, count: number): readonly string[] {
  if (count === 0) return [];
  if (low === undefined || high === undefined) return spreadToOpenEnd(low, high, count);
  const middle = orderKeyBetween(low, high);
  const before = Math.floor(count / 2);
  return [
    ...spreadOrderKeys(low, middle, before),
    middle,
    ...spreadOrderKeys(middle, high, count - before - 1),
  ];
}

/** Towards an open end the integer parts count on by themselves. */
function spreadToOpenEnd(low: string | undefined, high: string | undefined, count: number): readonly string[] {
  const keys: string[] = [];
  let last = high === undefined ? low : high;
  for (let i = 0; i < count; i++) {
    last = high === undefined ? orderKeyBetween(last, undefined) : orderKeyBetween(undefined, last);
    keys.push(last);
  }
  return high === undefined ? keys : keys.reverse();
}

/**
 * A key that sorts between two others by code unit; undefined stands for the open end on that side.
 *
 * Only an estimate for the author's eyes, as the server assigns the real one (DOC-6). It is computed the way the
 * server does, so that both are the same unless somebody else was there first: base-62 fractional indexes after
 * D. Greenspan, "Implementing Fractional Indexing". The first digit tells the length of the integer part.
 */
export function orderKeyBetween(low: string | undefined, high: string | undefined): string {
  if ((low !== undefined && !isWellFormed(low)) || (high !== undefined && !isWellFormed(high))) return low ?? ZERO;
  if (low === undefined) return high === undefined ? ZERO : keyBefore(high);
  if (high === undefined) return keyBehind(low);
  // Two predictions can meet at one place: the id decides until the server's keys come.
  if (low >= high) return low;
  const integer = integerOf(low);
  const fraction = low.slice(integer.length);
  if (integer === integerOf(high)) return integer + midpoint(fraction, high.slice(integer.length));
  const next = incremented(integer);
  return next !== undefined && next < high ? next : integer + midpoint(fraction, '');
}

function isWellFormed(key: string): boolean {
  return WELL_FORMED.test(key) && key.length >= integerLength(key);
}

function keyBefore(high: string): string {
  const integer = integerOf(high);
  return integer.length < high.length ? integer : (decremented(integer) ?? high);
}

function keyBehind(low: string): string {
  const integer = integerOf(low);
  return incremented(integer) ?? integer + midpoint(low.slice(integer.length), '');
}

/** A fraction strictly between two fractions; an empty `high` means 1. */
function midpoint(low: string, high: string): string {
  let common = 0;
  while (common < high.length && digitAt(low, common) === digitAt(high, common)) common += 1;
  if (common > 0) return high.slice(0, common) + midpoint(low.slice(common), high.slice(common));
  const lowDigit = digitAt(low, 0);
  const highDigit = high === '' ? DIGITS.length : digitAt(high, 0);
  if (highDigit - lowDigit > 1) return DIGITS.charAt(Math.floor((lowDigit + highDigit + 1) / 2));
  if (high.length > 1) return high.slice(0, 1);
  return DIGITS.charAt(lowDigit) + midpoint(low.slice(1), '');
}

function digitAt(fraction: string, place: number): number {
  return place < fraction.length ? DIGITS.indexOf(fraction.charAt(place)) : 0;
}

function integerOf(key: string): string {
  return key.slice(0, integerLength(key));
}

function integerLength(key: string): number {
  const head = key.charCodeAt(0);
  return head >= LOWER_A ? head - LOWER_A + 2 : UPPER_Z - head + 2;
}

function incremented(integer: string): string | undefined {
  return stepped(integer, { last: 'z', first: '0', step: 1, wraps: { Z: ZERO, z: undefined } });
}

function decremented(integer: string): string | undefined {
  return stepped(integer, { last: '0', first: 'z', step: -1, wraps: { a: 'Zz', A: undefined } });
}

interface Direction {
  /** The digit that carries over, and the one that it turns into. */
  readonly last: string;
  readonly first: string;
  readonly step: 1 | -1;
  /** What follows the heads where the code units leave the letters. */
  readonly wraps: Readonly<Record<string, string | undefined>>;
}

/** The next integer in a direction; undefined behind the last. */
function stepped(integer: string, { last, first, step, wraps }: Direction): string | undefined {
  const head = integer.charAt(0);
  const digits = Array.from(integer.slice(1));
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = digits[i] ?? last;
    if (digit !== last) {
      digits[i] = DIGITS.charAt(DIGITS.indexOf(digit) + step);
      return head + digits.join('');
    }
    digits[i] = first;
  }
  if (head in wraps) return wraps[head];
  const next = String.fromCharCode(head.charCodeAt(0) + step);
  return next + first.repeat(integerLength(next) - 1);
}
