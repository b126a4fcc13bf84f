import type { AvatarLook } from '../protocol/frame.js';
import { array, field, optional, readLook, string, object, type Fields } from '../protocol/read.js';
import { callUrl, decode } from './call.js';

/** What everybody may see of somebody with an account. */
export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly color: string;
  /** Absent where they chose none. */
  readonly look?: AvatarLook;
  /** Where their picture is, relative to the server: see {@link pictureUrl}. */
  readonly picture?: string;
}

/** Somebody among one's contacts. */
export interface Contact extends Person {
  /** RFC 3339. */
  readonly since: string;
}

/** Somebody with whom one was in a session. */
export interface RecentPerson extends Person {
  /** Where one met them last. */
  readonly sessionId: string;
  /** RFC 3339. */
  readonly metAt: string;
}

/** The address of a picture as `<img>` wants it. */
export function pictureUrl(baseUrl: string, picture: string): string {
  return baseUrl.replace(/\/+$/, '') + picture;
}

/**
 * Gives oneself a picture, PNG, JPEG or WebP by the blob's type; answers where it is. Like all of these, rejects with a
 * `ProblemError`.
 */
export async function putPicture(baseUrl: string, token: string, picture: Blob): Promise<string> {
  const answer = await callMe(baseUrl, token, '/picture', { method: 'PUT', headers: { 'Content-Type': picture.type }, body: picture });
  return decode(answer, (fields) => field(fields, 'picture', string));
}

export async function removePicture(baseUrl: string, token: string): Promise<void> {
  await callMe(baseUrl, token, '/picture', { method: 'DELETE' });
}

/** One's contacts, by name. */
export async function listContacts(baseUrl: string, token: string): Promise<readonly Contact[]> {
  const answer = await callMe(baseUrl, token, '/contacts');
  return decode(answer, (fields) => field(fields, 'contacts', array(readContact)));
}

/** Puts somebody among one's contacts, by their login or by the userId under which one met them; they are not told. */
export async function addContact(
  baseUrl: string,
  token: string,
  who: { readonly login: string } | { readonly userId: string },
): Promise<Contact> {
  const answer = await callMe(baseUrl, token, '/contacts', { method: 'POST', headers: JSON_BODY, body: JSON.stringify(who) });
  return decode(answer, (fields) => readContact(fields, 'contact'));
}

export async function removeContact(baseUrl: string, token: string, userId: string): Promise<void> {
  await callMe(baseUrl, token, `/contacts/${encodeURIComponent(userId)}`, { method: 'DELETE' });
}

/** With whom one was in a session, the last first. */
export async function listRecentPeople(baseUrl: string, token: string): Promise<readonly RecentPerson[]> {
  const answer = await callMe(baseUrl, token, '/recent-people');
  return decode(answer, (fields) => field(fields, 'people', array(readRecentPerson)));
}

const JSON_BODY = { 'Content-Type': 'application/json' };

async function callMe(baseUrl: string, token: string, path: string, request: RequestInit = {}): Promise<unknown> {
  return callUrl(`${baseUrl.replace(/\/+$/, '')}/api/v1/users/me${path}`, {
    ...request,
    headers: { ...(request.headers as Record<string, string> | undefined), Authorization: `Bearer ${token}` },
  });
}

function readPerson(fields: Fields): Person {
  const look = optional(fields, 'look', readLook);
  const picture = optional(fields, 'picture', string);
  return {
    userId: field(fields, 'userId', string),
    name: field(fields, 'name', string),
    color: field(fields, 'color', string),
    ...(look && { look }),
    ...(picture !== undefined && { picture }),
  };
}

function readContact(value: unknown, where: string): Contact {
  const fields = object(value, where);
  return { ...readPerson(fields), since: field(fields, 'since', string) };
}

function readRecentPerson(value: unknown, where: string): RecentPerson {
  const fields = object(value, where);
  return { ...readPerson(fields), sessionId: field(fields, 'sessionId', string), metAt: field(fields, 'metAt', string) };
}
