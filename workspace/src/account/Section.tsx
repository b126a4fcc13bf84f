import { useId, type ReactNode } from 'react';

/** A part of the page of one's account: what it is about beside what one can do. */
export function Section({ title, detail, children, testId }: { readonly title: string; readonly detail: string; readonly children: ReactNode; readonly testId: string }) {
  const id = useId();
  return (
    <section className="account-section" aria-labelledby={id} data-testid={`section-${testId}`}>
      <div className="account-about">
        <h2 id={id}>{title}</h2>
        <p>{detail}</p>
      </div>
      <div className="account-content">{children}</div>
    </section>
  );
}
