import { usePicture } from '../account/usePicture';
import { mediaMessages } from '../media/messages';

interface SessionPictureProps {
  readonly name: string;
  /** Undefined while nobody has said what it is. */
  readonly kind: string | undefined;
  /** The picture's path on the server; undefined where there is none. */
  readonly thumbnail: string | undefined;
  /** Whether everybody may see the session, as far as one knows. */
  readonly isOpen: boolean;
}

/** How a session looked last; a drawing of its kind where nobody has taken a picture. */
export function SessionPicture({ name, kind, thumbnail, isOpen }: SessionPictureProps) {
  const { address, failed } = usePicture(thumbnail?.startsWith('/') === true ? thumbnail : undefined, isOpen);
  return (
    <span className="thumbnail" data-testid="thumbnail" data-picture={address !== undefined} data-kind={kind}>
      {address !== undefined && (
        <img src={address} alt={mediaMessages.thumbnail(name)} width={320} height={200} loading="lazy" decoding="async" onError={failed} />
      )}
      {address === undefined && (kind === 'parameters' ? <Curves /> : <Solids />)}
    </span>
  );
}

/** Two curves over a grid: what parameters are about. */
function Curves() {
  return (
    <svg viewBox="0 0 64 40" fill="none" aria-hidden="true" focusable="false">
      <path className="thumbnail-grid" d="M8 8v24h48M8 20h48M8 8h48M24 8v24M40 8v24" />
      <path className="thumbnail-line thumbnail-line-second" d="M8 25c8 0 10-7 17-7s9 9 16 9 9-5 15-5" />
      <path className="thumbnail-line" d="M8 30C18 30 20 12 29 12s9 13 15 13 8-11 12-13" />
    </svg>
  );
}

/** A few solids on a grid: what a scene begins with. */
function Solids() {
  return (
    <svg viewBox="0 0 64 40" fill="none" aria-hidden="true" focusable="false">
      <path className="thumbnail-grid" d="m32 8 28 13-28 13L4 21 32 8Zm-14 6.5 28 13M46 14.5l-28 13" />
      <path d="m20 18 6-2.7 6 2.7v6.6l-6 2.7-6-2.7V18Z" fill="#e76f51" />
      <path d="m20 18 6-2.7 6 2.7-6 2.7-6-2.7Z" fill="#f39178" />
      <circle cx="41" cy="22" r="4.6" fill="#f2b04c" />
      <path d="m34 10-4.2 9.2c0 1.2 1.9 2 4.2 2s4.2-.8 4.2-2L34 10Z" fill="#2a9d8f" />
    </svg>
  );
}
