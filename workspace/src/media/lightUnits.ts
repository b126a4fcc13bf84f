/** What an element's brightness of one is, in the scene and in what is exported of it: candela for a point light and a spotlight, lux for a sun. */
export const UNITS = { point: 1.6, spot: 4, sun: 0.4 } as const;

/** Half of a spotlight's opening in radians, and how much of it is soft. */
export const SPOT = { angle: 0.6, penumbra: 0.5 } as const;
