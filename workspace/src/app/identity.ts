import { isHexColor, PARTICIPANT_COLORS } from './colors';
import { isRecord, type JsonStorage } from './storage';
import { randomId } from './ids';

/** How others see somebody. */
export interface Appearance {
  readonly name: string;
  readonly color: string;
}

/** Who this browser is. The secret keeps the user id stable between visits and is never shown. */
export interface Identity extends Appearance {
  readonly secret: string;
}

const KEY = 'chorale.identity';
export const NAME_LENGTH = 64;

export function readIdentity(storage: JsonStorage): Identity | undefined {
  const value = storage.read(KEY);
  if (!isRecord(value)) return undefined;
  const { name, color, secret } = value;
  if (typeof name !== 'string' || !isHexColor(color) || typeof secret !== 'string' || secret.length < 16 || secret.length > 128) return undefined;
  const clean = cleanName(name);
  return clean === '' ? undefined : { name: clean, color, secret };
}

export function saveIdentity(storage: JsonStorage, name: string, color: string): Identity {
  const identity = { name: cleanName(name), color, secret: readIdentity(storage)?.secret ?? randomId(32) };
  storage.write(KEY, identity);
  return identity;
}

/** As the protocol wants names: no control characters, no blanks around, at most 64 characters. */
export function cleanName(name: string): string {
  return name
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, NAME_LENGTH)
    .trim();
}

export function suggestedColor(): string {
  return PARTICIPANT_COLORS[Math.floor(Math.random() * PARTICIPANT_COLORS.length)] ?? PARTICIPANT_COLORS[0];
}
