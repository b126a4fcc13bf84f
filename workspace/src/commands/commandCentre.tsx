import { createContext, useContext, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Command } from './command';

/** What opens over a session, one at a time. */
export type Surface = 'palette' | 'help' | 'identity' | 'report' | 'policy' | 'versions' | 'deleted' | 'branches' | 'proposals' | 'close' | 'share' | 'moderation' | 'person';

/** What is done about somebody, in a dialog of its own. */
export interface AboutPerson {
  readonly what: 'mute' | 'kick' | 'ban' | 'remove' | 'report';
  readonly userId: string;
  readonly name: string;
}

export interface CentreState {
  /** Everything that the screen offers, possible now or not. */
  readonly commands: readonly Command[];
  readonly open: Surface | undefined;
  /** Whom the dialog `person` is about. */
  readonly person?: AboutPerson;
  /** Whether the performance panel is shown. */
  readonly measuring: boolean;
}

/** Where a screen tells its commands, and where keys, menu, palette and help find them. */
export type CommandCentre = StoreApi<CentreState>;

export function commandCentre(): CommandCentre {
  return createStore<CentreState>(() => ({ commands: [], open: undefined, measuring: false }));
}

const CentreContext = createContext<CommandCentre | undefined>(undefined);

export function CommandCentreProvider({ children }: { readonly children: ReactNode }) {
  const [centre] = useState(commandCentre);
  return <CentreContext value={centre}>{children}</CentreContext>;
}

export function useCommandCentre(): CommandCentre {
  const centre = useContext(CentreContext);
  if (centre === undefined) throw new Error('useCommandCentre outside of a CommandCentreProvider');
  return centre;
}

export function useCentre<T>(select: (state: CentreState) => T): T {
  return useStore(useCommandCentre(), select);
}
