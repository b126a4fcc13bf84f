import type { Comparing } from '../history/compare';
import type { LookingBack } from '../history/lookingBack';
import type { Mark } from '../history/marks';
import type { Doing, Selector } from '../presence/remoteState';
import type { Report } from '../report/syncReport';

export interface Notice {
  readonly id: string;
  /** Another notice about the same takes its place. */
  readonly about?: string;
  readonly tone: 'neutral' | 'danger';
  readonly title: string;
  readonly detail?: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export const MODES = ['move', 'turn', 'stretch'] as const;
/** What the handles around the selection do. */
export type Mode = (typeof MODES)[number];
/** What they write by that. */
export const PROPERTY_OF = { move: 'position', turn: 'rotation', stretch: 'scale' } as const satisfies Record<Mode, string>;

/** What components select; everything that changes each frame stays out of it. */
export interface WorkspaceState {
  /** In the order in which it was selected. */
  readonly selection: readonly string[];
  /** The last of the selection: what single things are about. */
  readonly selectedId: string | undefined;
  /** The group whose members one selects by pressing them in the scene. */
  readonly entered: string | undefined;
  readonly mode: Mode;
  /** Whether handles go in steps. */
  readonly snapping: boolean;
  /** Whether a press adds to the selection and a drag draws a frame, as both do with the shift key. */
  readonly gathering: boolean;
  readonly editingTextId: string | undefined;
  readonly objectsOpen: boolean;
  /** A colour being tried in the picker, shown here only. */
  readonly triedColor: { readonly ids: readonly string[]; readonly color: string } | undefined;
  readonly selections: ReadonlyMap<string, readonly Selector[]>;
  /** What the others edit right now, by participant. */
  readonly doing: ReadonlyMap<string, Doing>;
  readonly notices: readonly Notice[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Conflicts that one decided or put off: they do not ask by themselves. */
  readonly aside: ReadonlySet<string>;
  /** What became of edits made without a connection, until it is dismissed. */
  readonly report: Report | undefined;
  /** What one looks at in the place of the session as it is. */
  readonly past: LookingBack | undefined;
  /** With what one compares. */
  readonly comparing: Comparing | undefined;
  /** What the scene shows of that. */
  readonly marks: readonly Mark[];
}
