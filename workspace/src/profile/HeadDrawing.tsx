import { useId, type ReactNode } from 'react';
import { eyesOn, TINT_COLORS, type Accessory, type HeadLook, type Shape } from './look';

/** Where the top of a head is, and how wide and high it is against a ball: as in the scene. */
const FITS: Readonly<Record<Shape, { readonly top: number; readonly width: number; readonly height: number }>> = {
  round: { top: -44, width: 1, height: 1 },
  cube: { top: -39, width: 0.92, height: 0.95 },
  capsule: { top: -53, width: 0.86, height: 1.16 },
  gem: { top: -43, width: 0.98, height: 1 },
};

const GEM = '0,-46 40,-24 40,24 0,46 -40,24 -40,-24';

function outline(shape: Shape): ReactNode {
  switch (shape) {
    case 'round':
      return <ellipse rx="46" ry="44" />;
    case 'cube':
      return <rect x="-42" y="-40" width="84" height="80" rx="18" />;
    case 'capsule':
      return <rect x="-39" y="-54" width="78" height="108" rx="39" />;
    case 'gem':
      return <polygon points={GEM} strokeLinejoin="round" />;
  }
}

/** Somebody's head as scenes draw it, from the front; for previews. */
export function HeadDrawing({ look, color, label, size = 96 }: { readonly look: HeadLook; readonly color: string; readonly label?: string; readonly size?: number }) {
  const light = useId();
  const { shape, visor, accent, hat, extras } = look;
  const fit = FITS[shape];
  return (
    <svg className="head-drawing" width={size} height={size} viewBox="-66 -88 132 152" {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}>
      <linearGradient id={light} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0.25" stopColor="#fff" stopOpacity="0.14" />
        <stop offset="1" stopColor="#000" stopOpacity="0.2" />
      </linearGradient>
      {extras.includes('headphones') && (
        <g transform={`scale(${fit.width} ${fit.height})`}>
          <path d="M-53 0a53 53 0 0 1 106 0" fill="none" stroke={TINT_COLORS[accent]} strokeWidth="9" />
        </g>
      )}
      <g fill={color} stroke="#fff" strokeWidth="6">
        {outline(shape)}
      </g>
      <g fill={`url(#${light})`}>{outline(shape)}</g>
      {shape === 'gem' && <path d="M-40-24 0-8 40-24M0-8v54M-40 24 0-8 40 24" fill="none" stroke="#fff" strokeOpacity="0.28" strokeWidth="2" />}
      <ellipse cy="-3" rx="33" ry="20" fill={TINT_COLORS[visor]} stroke="#000" strokeOpacity="0.18" strokeWidth="1.5" />
      <g fill={eyesOn(visor)}>
        <ellipse cx="-13" cy="-5" rx="5.5" ry="7.5" />
        <ellipse cx="13" cy="-5" rx="5.5" ry="7.5" />
      </g>
      {extras.includes('glasses') && (
        <g fill="none" stroke={TINT_COLORS[accent]} strokeWidth="4.5">
          <circle cx="-15" cy="-5" r="12.5" />
          <circle cx="15" cy="-5" r="12.5" />
          <path d="M-2.500-6h5" />
        </g>
      )}
      <g fill={TINT_COLORS[accent]} stroke="#fff" strokeOpacity="0.65" strokeWidth="1.5" strokeLinejoin="round">
        {extras.includes('headphones') && <g transform={`scale(${fit.width} 1)`}>{accessory('headphones')}</g>}
        {hat && <g transform={`translate(0 ${fit.top})`}>{accessory(hat)}</g>}
      </g>
    </svg>
  );
}

function accessory(what: Exclude<Accessory, 'glasses'>): ReactNode {
  switch (what) {
    case 'cap':
      return (
        <>
          <path d="M-37 12c0-30 14-38 37-38s37 8 37 38c-20-7-54-7-74 0Z" />
          <path d="M-34 10c18-9 50-9 68 0 2 9-8 12-34 12s-36-3-34-12Z" />
          <circle cy="-27" r="5" />
        </>
      );
    case 'crown':
      return <path d="M-30 12-34-22l15 14L0-32 19-8l15-14-4 34c-18-6-42-6-60 0Z" />;
    case 'antenna':
      return (
        <>
          <path d="M-12 5c2-8 22-8 24 0Z" />
          <rect x="-2.5" y="-28" width="5" height="28" />
          <circle cy="-32" r="9" />
        </>
      );
    case 'bow':
      return (
        <>
          <path d="M0-4-32-20c-6 12-6 22 0 32Zm0 0 32-16c6 12 6 22 0 32Z" />
          <circle cy="-4" r="8" />
        </>
      );
    case 'headphones':
      return (
        <>
          <rect x="-62" y="-17" width="17" height="36" rx="8" />
          <rect x="45" y="-17" width="17" height="36" rx="8" />
        </>
      );
  }
}
