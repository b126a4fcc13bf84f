import type { ReactNode } from 'react';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { sessionPath } from '../app/routes';
import { SessionPicture } from './SessionPicture';

interface SessionRowProps {
  readonly sessionId: string;
  readonly name: string;
  /** Undefined while nobody has said what it is. */
  readonly kind: string | undefined;
  readonly thumbnail: string | undefined;
  /** Whether only members may see it. */
  readonly isPrivate?: boolean;
  readonly closed: boolean;
  readonly live: boolean;
  readonly details: readonly string[];
  readonly badge?: string | undefined;
  readonly children?: ReactNode;
}

export function SessionRow({ sessionId, name, kind, thumbnail, isPrivate = false, closed, live, details, badge, children }: SessionRowProps) {
  const content = (
    <>
      <SessionPicture name={name} kind={kind} thumbnail={thumbnail} isOpen={!isPrivate} />
      <span className="session-text">
        <span className="session-name">{name}</span>
        <span className="session-details">
          <span className="session-dot" data-live={live} aria-hidden="true" />
          {details.join(' · ')}
        </span>
      </span>
      {badge && <span className="badge">{badge}</span>}
      {closed && <span className="badge badge-muted">{messages.start.closed}</span>}
    </>
  );
  return (
    <li className="session-row" data-testid="session-row" data-session-id={sessionId} data-closed={closed}>
      {closed ? (
        <span className="session-link">{content}</span>
      ) : (
        <Link href={sessionPath(sessionId)} className="session-link" aria-label={messages.start.open(name)}>
          {content}
        </Link>
      )}
      {children}
    </li>
  );
}
