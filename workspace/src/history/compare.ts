import type { RevisionName } from '@chorale/client/history';
import type { Workspace } from '../session/workspace';
import type { MarkKind } from './marks';

/** With what the session is compared as one sees it. */
export interface Comparing {
  readonly from: RevisionName;
  /** What people call that. */
  readonly name: string;
}

/** A sign beside the colour, for whoever does not tell colours apart. */
export const SIGNS: Readonly<Record<MarkKind, string>> = { created: '+', deleted: '−', moved: '→', changed: '~' };

/** The same in light and dark. */
export const MARK_COLORS: Readonly<Record<MarkKind, string>> = { created: '#1f9d5b', deleted: '#d5402f', moved: '#d98a00', changed: '#d98a00' };

/** Shows in the scene what differs from a revision; undefined ends that. */
export function compareWith({ live }: Workspace, comparing: Comparing | undefined): void {
  live.store.setState({ comparing });
}

/** The name of the tag of an element's mark. */
export const markTag = (element: string) => `mark ${element}`;
