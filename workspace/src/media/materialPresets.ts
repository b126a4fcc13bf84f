import type { MaterialLook } from '../scene/sceneElement';

export const MATERIAL_PRESETS = ['matte', 'satin', 'metal', 'glass'] as const;
export type MaterialPreset = (typeof MATERIAL_PRESETS)[number];

/** The looks that are one press away; satin is what everything has at first. */
export const PRESET_LOOKS: Readonly<Record<MaterialPreset, MaterialLook>> = {
  matte: { roughness: 0.95, metalness: 0, opacity: 1 },
  satin: { roughness: 0.52, metalness: 0, opacity: 1 },
  metal: { roughness: 0.22, metalness: 1, opacity: 1 },
  glass: { roughness: 0.06, metalness: 0, opacity: 0.35 },
};

/** The preset that a material is, if it is one. */
export function presetOf({ roughness, metalness, opacity }: MaterialLook): MaterialPreset | undefined {
  return MATERIAL_PRESETS.find((preset) => {
    const look = PRESET_LOOKS[preset];
    return look.roughness === roughness && look.metalness === metalness && look.opacity === opacity;
  });
}
