const TYPE = Buffer.from('{"type":"');
const CHANGE_ID = Buffer.from('"changeId":"');
const FROM = Buffer.from('"from":');
const TO = Buffer.from('"to":');
const REVISION = Buffer.from('"revision":');
const RESUMED_FROM = Buffer.from('"resumedFrom":');
const BRANCH = Buffer.from('"branch":');
const QUOTE = 0x22;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;
/** Names the generator's clients: the rest of the id is a number. */
export const CLIENT_PREFIX = 'bench-';
const PREFIX = Buffer.from(CLIENT_PREFIX);

/** The type of a frame that begins with it, as all of the server's do; empty for another. @param {Buffer} frame */
export function frameType(frame) {
  if (frame.compare(TYPE, 0, TYPE.length, 0, Math.min(frame.length, TYPE.length)) !== 0) return '';
  const end = frame.indexOf(QUOTE, TYPE.length);
  return end < 0 ? '' : frame.toString('latin1', TYPE.length, end);
}

/**
 * Finds whose changes a `changes` frame holds without parsing it. Those of other clients than the generator's are passed over.
 * A string in a document could look like a change id; nobody here writes one.
 *
 * @param {Buffer} frame
 * @param {(client: number, counter: number) => void} visit
 */
export function scanChangeIds(frame, visit) {
  for (let at = frame.indexOf(CHANGE_ID); at >= 0; at = frame.indexOf(CHANGE_ID, at)) {
    at += CHANGE_ID.length;
    if (frame.compare(PREFIX, 0, PREFIX.length, at, Math.min(frame.length, at + PREFIX.length)) !== 0) continue;
    const colon = frame.indexOf(COLON, at + PREFIX.length);
    const client = digits(frame, at + PREFIX.length, colon);
    const end = colon < 0 ? -1 : frame.indexOf(QUOTE, colon);
    const counter = digits(frame, colon + 1, end);
    if (client >= 0 && counter >= 0) visit(client, counter);
  }
}

/** The change id of an `accepted` or `refused` frame, as the generator made it; undefined for another. @param {Buffer} frame */
export function answeredChange(frame) {
  const at = frame.indexOf(CHANGE_ID);
  const end = at < 0 ? -1 : frame.indexOf(QUOTE, at + CHANGE_ID.length);
  return end < 0 ? undefined : frame.toString('latin1', at + CHANGE_ID.length, end);
}

/**
 * The revisions that a `changes` frame covers.
 *
 * @param {Buffer} frame
 * @throws {Error} where it does not say
 */
export function revisionsOf(frame) {
  return { from: numberBehind(frame, FROM), to: numberBehind(frame, TO) };
}

/** The head that a `welcome` tells. @param {Buffer} frame */
export function welcomeRevision(frame) {
  const branch = frame.indexOf(BRANCH);
  const at = branch < 0 ? -1 : frame.indexOf(REVISION, branch);
  // Behind `branch` the server writes the revision next; who writes it elsewhere has to be read as a whole.
  if (at >= 0 && at - branch < 100) return digits(frame, at + REVISION.length, endOfDigits(frame, at + REVISION.length));
  return /** @type {{ revision: number }} */ (JSON.parse(frame.toString())).revision;
}

/** Whether a `welcome` goes on where the client was [RES-1], instead of bringing a snapshot. @param {Buffer} frame */
export function isResumption(frame) {
  return frame.includes(RESUMED_FROM);
}

/** @param {Buffer} frame @param {Buffer} name */
function numberBehind(frame, name) {
  const at = frame.indexOf(name);
  const value = at < 0 ? -1 : digits(frame, at + name.length, endOfDigits(frame, at + name.length));
  if (value < 0) throw new Error(`no ${name.toString()} in ${frame.toString('utf8', 0, 100)}`);
  return value;
}

/** @param {Buffer} data @param {number} start */
function endOfDigits(data, start) {
  let end = start;
  while (end < data.length && isDigit(data.readUInt8(end))) end += 1;
  return end;
}

/** The number that these bytes spell; -1 where they spell none. @param {Buffer} data @param {number} start @param {number} end */
function digits(data, start, end) {
  if (end <= start) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = data.readUInt8(at);
    if (!isDigit(byte)) return -1;
    value = value * 10 + byte - ZERO;
  }
  return value;
}

/** @param {number} byte */
function isDigit(byte) {
  return byte >= ZERO && byte <= NINE;
}
