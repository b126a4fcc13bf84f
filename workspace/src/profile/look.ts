import type { AvatarLook } from '@chorale/client';

export const SHAPES = ['round', 'cube', 'capsule', 'gem'] as const;
export const TINTS = ['night', 'ocean', 'forest', 'plum', 'ruby', 'amber', 'sand', 'snow'] as const;
export const HATS = ['cap', 'crown', 'antenna', 'bow'] as const;
export const EXTRAS = ['headphones', 'glasses'] as const;

export type Shape = (typeof SHAPES)[number];
export type Tint = (typeof TINTS)[number];
export type Hat = (typeof HATS)[number];
export type Extra = (typeof EXTRAS)[number];
export type Accessory = Hat | Extra;

/** A head as this workspace draws it. */
export interface HeadLook {
  readonly shape: Shape;
  readonly visor: Tint;
  readonly accent: Tint;
  readonly hat: Hat | undefined;
  readonly extras: readonly Extra[];
}

export const PLAIN_LOOK: HeadLook = { shape: 'round', visor: 'night', accent: 'amber', hat: undefined, extras: [] };

/** Strong enough to be seen beside every colour that a person can have. */
export const TINT_COLORS: Readonly<Record<Tint, string>> = {
  night: '#20242b',
  ocean: '#1f5fa8',
  forest: '#1f6e46',
  plum: '#6b2f80',
  ruby: '#a82437',
  amber: '#d98e04',
  sand: '#a68f68',
  snow: '#eef2f5',
};

const DARK = '#20242b';
const LIGHT = '#ffffff';

/** Eyes are seen on every visor. */
export function eyesOn(visor: Tint): string {
  return visor === 'snow' || visor === 'sand' || visor === 'amber' ? DARK : LIGHT;
}

/** What a person chose; words of a newer server are left out. */
export function headLook(look: AvatarLook | undefined): HeadLook {
  if (look === undefined) return PLAIN_LOOK;
  return {
    shape: among(SHAPES, look.shape) ?? PLAIN_LOOK.shape,
    visor: among(TINTS, look.visor) ?? PLAIN_LOOK.visor,
    accent: among(TINTS, look.accent) ?? PLAIN_LOOK.accent,
    hat: HATS.find((hat) => look.accessories.includes(hat)),
    extras: EXTRAS.filter((extra) => look.accessories.includes(extra)),
  };
}

/** As the protocol has it. */
export function avatarLook({ shape, visor, accent, hat, extras }: HeadLook): AvatarLook {
  return { shape, visor, accent, accessories: [...(hat ? [hat] : []), ...extras] };
}

export function wornBy({ hat, extras }: HeadLook): readonly Accessory[] {
  return hat ? [hat, ...extras] : extras;
}

function among<W extends string>(words: readonly W[], word: string): W | undefined {
  return words.find((each) => each === word);
}
