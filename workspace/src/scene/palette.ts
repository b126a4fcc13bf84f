import type { Theme } from '../app/theme';

/** What the scene takes from the theme; the backdrop itself is CSS behind a transparent canvas. */
export interface ScenePalette {
  readonly gridFine: string;
  readonly gridCoarse: string;
  readonly sky: string;
  readonly floor: string;
  readonly hemisphere: number;
  readonly key: number;
  readonly environment: number;
  readonly shadow: number;
  readonly contact: number;
}

export const PALETTES: Readonly<Record<Theme, ScenePalette>> = {
  light: { gridFine: '#d9d5cb', gridCoarse: '#cbc5b7', sky: '#ffffff', floor: '#d8cfbf', hemisphere: 0.55, key: 2.1, environment: 0.55, shadow: 0.2, contact: 0.42 },
  dark: { gridFine: '#4a534f', gridCoarse: '#58625e', sky: '#dfe9ff', floor: '#1c1a17', hemisphere: 0.4, key: 1.7, environment: 0.42, shadow: 0.5, contact: 0.75 },
};
