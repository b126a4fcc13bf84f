import type { ReactNode } from 'react';
import { messages } from '../app/messages';
import { Link } from '../app/router';
import { Mark } from './Icon';

/** A page that only explains something: what happened, and what one can do now. */
export function Screen({ title, detail, note, children, testId }: { readonly title: string; readonly detail: string; readonly note?: string | undefined; readonly children?: ReactNode; readonly testId: string }) {
  return (
    <main className="screen" data-testid={testId}>
      <div className="screen-body">
        <Mark size={48} />
        <h1>{title}</h1>
        <p>{detail}</p>
        {note && <p className="screen-note">{note}</p>}
        <div className="screen-actions">
          {children}
          <Link href="/" className="button button-primary" data-testid="back-home">
            <span>{messages.toStart}</span>
          </Link>
        </div>
      </div>
    </main>
  );
}
