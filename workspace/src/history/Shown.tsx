import { lazy, Suspense, type ReactNode } from 'react';
import { useWorkspace, useWorkspaceState, WorkspaceProvider } from '../session/WorkspaceContext';

const Timeline = lazy(() => import('./Timeline').then(({ Timeline: timeline }) => ({ default: timeline })));

/** What shows the session: as it is, or as it was while one looks back. The same views stay, with what they look from. */
export function Shown({ children }: { readonly children: ReactNode }) {
  const live = useWorkspace();
  const past = useWorkspaceState((state) => state.past);
  return (
    <WorkspaceProvider value={past?.workspace ?? live}>
      {children}
      {past && (
        <Suspense fallback={null}>
          <Timeline past={past} />
        </Suspense>
      )}
    </WorkspaceProvider>
  );
}
