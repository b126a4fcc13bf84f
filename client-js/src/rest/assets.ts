import type { Guest } from '../protocol/frame.js';
import { field, integer, string } from '../protocol/read.js';
import { call, decode, query, sessionsUrl } from './call.js';
import { callerHeaders, type Caller } from './caller.js';

/** What a session keeps beside its document: pictures, and binary glTF. */
export type AssetMediaType = 'image/png' | 'image/jpeg' | 'image/webp' | 'model/gltf-binary';

/** What is to be kept. */
export interface NewAsset {
  /** What people call it, a file's name for instance; the server cleans it. */
  readonly name: string;
  /** What the bytes are, which the server checks. */
  readonly mediaType: AssetMediaType;
  readonly data: Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;
}

/** An asset as the server keeps it; it never changes. */
export interface AssetDetails {
  /** 1 to 64 characters of `[A-Za-z0-9_-]`. */
  readonly assetId: string;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/**
 * Keeps an image or a model with a session (AST-1). The same bytes again are answered by the same asset.
 * Rejects with a `ProblemError`: `payload-too-large`, `quota-exceeded`, `invalid-content`, `unsupported-media-type`, `session-closed`, …
 */
export async function uploadAsset(
  baseUrl: string,
  sessionId: string,
  who: Guest | Caller,
  { name, mediaType, data }: NewAsset,
): Promise<AssetDetails> {
  const body = await call(baseUrl, `/${encodeURIComponent(sessionId)}/assets${query({ name })}`, {
    method: 'POST',
    headers: { 'Content-Type': mediaType, ...callerHeaders(who) },
    body: data,
  });
  return decode(body, (answer) => ({
    assetId: field(answer, 'assetId', string),
    name: field(answer, 'name', string),
    mediaType: field(answer, 'mediaType', string),
    size: field(answer, 'size', integer),
    sha256: field(answer, 'sha256', string),
  }));
}

/** Where an asset's bytes are, for an image's `src` or a loader; they may be kept for ever. */
export function assetUrl(baseUrl: string, sessionId: string, assetId: string): string {
  return sessionsUrl(baseUrl, `/${encodeURIComponent(sessionId)}/assets/${encodeURIComponent(assetId)}`);
}

/**
 * Gives a session the picture by which people know it again: WebP, PNG or JPEG (AST-9). The last one counts.
 * Answers whether it was taken: where there was one a moment ago, it is not.
 * Rejects with a `ProblemError`: `payload-too-large`, `invalid-content`, …
 */
export async function putThumbnail(baseUrl: string, sessionId: string, who: Guest | Caller, picture: Blob): Promise<boolean> {
  const later = await call(baseUrl, `/${encodeURIComponent(sessionId)}/thumbnail`, {
    method: 'PUT',
    headers: { 'Content-Type': picture.type, ...callerHeaders(who) },
    body: picture,
  });
  return later === undefined;
}
