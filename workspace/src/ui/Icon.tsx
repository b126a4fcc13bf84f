import type { ReactNode } from 'react';

const shapes = {
  box: <path d="M10 2.8 16.5 6.3v7.4L10 17.2l-6.5-3.5V6.3L10 2.8Zm0 7.2v7.2M3.5 6.3 10 10l6.5-3.7" />,
  sphere: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M3 10c0 1.5 3.1 2.7 7 2.7s7-1.2 7-2.7" />
    </>
  ),
  cylinder: (
    <>
      <ellipse cx="10" cy="5.2" rx="5.6" ry="2.3" />
      <path d="M4.4 5.2v9.6c0 1.3 2.5 2.3 5.6 2.300s5.6-1 5.6-2.300V5.2" />
    </>
  ),
  cone: <path d="M10 2.7 4.4 14.700c0 1.4 2.5 2.5 5.6 2.500s5.6-1.1 5.6-2.500L10 2.700Zm-5.6 12c.3-1.3 2.7-2.2 5.6-2.200s5.3.9 5.6 2.2" />,
  label: <path d="M4.5 6V4h11v2M10 4v12.500M7.5 16.500h5" />,
  unknown: <path d="M10 3 17 10l-7 7-7-7 7-7Z" />,
  group: <path d="M3 6.500a1.500 1.500 0 0 1 1.500-1.500h3.300l1.700 2h6a1.500 1.500 0 0 1 1.500 1.500v6a1.500 1.500 0 0 1-1.500 1.500h-11A1.500 1.500 0 0 1 3 14.500v-8Z" />,
  light: <path d="M7.800 14.200v-1.400a4.800 4.800 0 1 1 4.400 0v1.400M8 17h4M7.800 14.200h4.400" />,
  image: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="2" />
      <path d="m3.500 14 4-4 3 3 2-2 4 4M12.800 7.500h.01" />
    </>
  ),
  model: <path d="M10 3v5.500M4 16l4.700-4.700M16 16l-4.700-4.700M8.500 8.500h3v3h-3zM8.500 1.800h3v2.500h-3zM2.300 14.500h3v3h-3zM14.700 14.500h3v3h-3z" />,
  plus: <path d="M10 4v12M4 10h12" />,
  sun: (
    <>
      <circle cx="10" cy="10" r="3.4" />
      <path d="M10 2v1.800M10 16.200V18M2 10h1.800M16.2 10H18M4.3 4.300l1.3 1.300M14.4 14.400l1.3 1.300M15.7 4.300l-1.3 1.300M5.6 14.400l-1.3 1.3" />
    </>
  ),
  moon: <path d="M16.5 11.600A6.8 6.8 0 0 1 8.4 3.500a6.8 6.8 0 1 0 8.1 8.100Z" />,
  link: <path d="M8.3 11.700a3.3 3.3 0 0 0 4.7 0l2.8-2.800a3.3 3.3 0 1 0-4.7-4.700l-1 1M11.7 8.300a3.3 3.3 0 0 0-4.7 0l-2.8 2.800a3.3 3.3 0 1 0 4.7 4.700l1-1" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  more: <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.6" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  trash: <path d="M3.5 5.500h13M8 5.500V3.500h4v2M5 5.500l.8 11h8.400l.8-11M8.5 9v4.500M11.5 9v4.5" />,
  copy: (
    <>
      <rect x="7" y="7" width="9.5" height="9.5" rx="2" />
      <path d="M13 7V5.500a2 2 0 0 0-2-2H5.500a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7" />
    </>
  ),
  undo: <path d="M7.5 4 3.500 8l4 4M3.500 8H12a4.500 4.500 0 0 1 0 9H8" />,
  redo: <path d="m12.500 4 4 4-4 4M16.500 8H8a4.500 4.500 0 0 0 0 9h4" />,
  list: <path d="M7.5 5h9M7.5 10h9M7.5 15h9M3.6 5h.01M3.6 10h.01M3.6 15h.01" />,
  fit: <path d="M3.5 7V4.500a1 1 0 0 1 1-1H7M13 3.500h2.500a1 1 0 0 1 1 1V7M16.5 13v2.500a1 1 0 0 1-1 1H13M7 16.500H4.500a1 1 0 0 1-1-1V13" />,
  person: (
    <>
      <circle cx="10" cy="6.8" r="3.3" />
      <path d="M3.5 17c.5-3.5 3.2-5.2 6.5-5.200s6 1.7 6.5 5.2" />
    </>
  ),
  people: (
    <>
      <circle cx="7.500" cy="7" r="2.800" />
      <path d="M2 16.500c.4-3 2.700-4.500 5.500-4.500s5.100 1.500 5.500 4.500M13 4.500a2.800 2.800 0 0 1 0 5M15.500 12.600c1.500.7 2.300 2 2.500 3.900" />
    </>
  ),
  laser: <path d="m3 17 7.500-7.500M12.800 4.500V2.500M15.500 7.200h2M14.700 5.300l1.600-1.600M10 5.300 8.600 3.900M14.700 9.700l1.600 1.600M12.700 7.300h.01" />,
  steps: <path d="M3 16.500h3.500V13H10V9.500h3.500V6H17" />,
  power: <path d="M10 3v6.500M6 5.300a6.5 6.5 0 1 0 8 0" />,
  chevron: <path d="m6 8 4 4 4-4" />,
  eye: (
    <>
      <path d="M2 10c2-3.7 4.7-5.5 8-5.500s6 1.8 8 5.500c-2 3.7-4.7 5.5-8 5.500S4 13.7 2 10Z" />
      <circle cx="10" cy="10" r="2.3" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="9" width="11" height="8" rx="2" />
      <path d="M7 9V6.500a3 3 0 0 1 6 0V9" />
    </>
  ),
  unlock: (
    <>
      <rect x="4.5" y="9" width="11" height="8" rx="2" />
      <path d="M7 9V6.500a3 3 0 0 1 5.8-1" />
    </>
  ),
  chat: <path d="M3.500 5.500a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H9L5.500 16.800V13.500a2 2 0 0 1-2-2v-6Z" />,
  play: <path d="M6.500 4.200v11.600L15.500 10 6.500 4.200Z" fill="currentColor" />,
  previous: <path d="M14 4.500 7.500 10l6.500 5.500v-11ZM5 4.500v11" />,
  next: <path d="M6 4.500 12.500 10 6 15.500v-11ZM15 4.500v11" />,
  pause: <path d="M7 4.500v11M13 4.500v11" strokeWidth="2.2" />,
  shield: <path d="M10 2.500 16.500 5v4.500c0 3.800-2.600 6.500-6.500 8-3.900-1.500-6.500-4.200-6.500-8V5L10 2.500ZM7.200 10l2 2 3.600-4" />,
  flag: <path d="M4.500 17.500V3M4.500 4h10l-2 3.500 2 3.500h-10" />,
  mute: <path d="M3.500 8v4h2.800l4.200 3.500v-11L6.300 8H3.500ZM13.500 8l3.500 4M17 8l-3.500 4" />,
  leave: <path d="M11.500 3.500h4a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-4M12 10H3.500M6.500 6.500 3 10l3.500 3.500" />,
  forbid: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="m5.200 5.200 9.600 9.600" />
    </>
  ),
  share: <path d="M10 12.500V3M6.500 6 10 2.700 13.500 6M5 9.500H4a1 1 0 0 0-1 1V16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-5.500a1 1 0 0 0-1-1h-1" />,
  key: (
    <>
      <circle cx="6.500" cy="13" r="3.500" />
      <path d="m9 10.500 7-7M13 6.500l2.500 2.500M15.500 4l1.500 1.500" />
    </>
  ),
  history: <path d="M3.500 10a6.500 6.500 0 1 1 2 4.700M3.500 15.500v-3.800h3.800M10 6.500V10l2.500 1.700" />,
  send: <path d="M16.500 3.500 3.500 8.600l5.300 2.600 2.600 5.300 5.100-13ZM8.800 11.200l3-3" />,
  pencil: <path d="m4 16 .7-3.300 8.600-8.600 2.600 2.600-8.600 8.600L4 16ZM11.500 5.900l2.600 2.600" />,
  sliders: <path d="M3.500 6h7M14.500 6h2M3.500 14h2M9.500 14h7M12.500 4v4M7.500 12v4" />,
  split: <path d="M3.500 10h4c2.500 0 2.500-5 5-5h4M3.500 10h4c2.500 0 2.500 5 5 5h4M14.500 3l2 2-2 2M14.500 13l2 2-2 2" />,
  branch: (
    <>
      <circle cx="6" cy="4.500" r="2" />
      <circle cx="6" cy="15.500" r="2" />
      <circle cx="14" cy="6.500" r="2" />
      <path d="M6 6.500v7M14 8.500c0 3.300-4.300 3.400-6.700 5.500" />
    </>
  ),
  proposal: (
    <>
      <circle cx="5.500" cy="4.500" r="2" />
      <circle cx="5.500" cy="15.500" r="2" />
      <circle cx="14.500" cy="15.500" r="2" />
      <path d="M5.500 6.500v7M14.500 13.500V7a2 2 0 0 0-2-2H9.500M11.800 2.500 9.300 5l2.500 2.500" />
    </>
  ),
  average: <path d="M4 8.200c2-2.200 4-2.200 6 0s4 2.200 6 0M4 13.200c2-2.200 4-2.200 6 0s4 2.200 6 0" />,
  download: <path d="M10 3.500v9M6.500 9l3.500 3.500L13.500 9M4 16.500h12" />,
  upload: <path d="M10 12.500v-9M6.500 7l3.500-3.500L13.500 7M4 16.500h12" />,
  search: (
    <>
      <circle cx="8.8" cy="8.8" r="5.3" />
      <path d="m12.800 12.800 3.700 3.700" />
    </>
  ),
  keyboard: (
    <>
      <rect x="2.500" y="5" width="15" height="10" rx="2" />
      <path d="M5.500 8h.01M8.500 8h.01M11.500 8h.01M14.500 8h.01M7 12h6" />
    </>
  ),
  gauge: <path d="M4.300 15.200a7.500 7.500 0 1 1 11.400 0M10 11l3.200-3.800M10 11h.01" />,
  globe: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M3 10h14M10 3c4.200 4.300 4.200 9.700 0 14-4.200-4.300-4.200-9.700 0-14" />
    </>
  ),
  command: <path d="m5 6 4 4-4 4M11 14.500h4.500" />,
  warning: <path d="M10 3.5 17.5 16.500h-15L10 3.500ZM10 8.500v3.500M10 14.300h.01" />,
  offline: <path d="M2.5 7.300A11 11 0 0 1 6 5.200M9.5 4.300a11 11 0 0 1 8 3M5 10.500a7.3 7.3 0 0 1 3-1.800M12.5 8.900c.9.4 1.8.9 2.5 1.600M10 14.800h.01M3 2.500l14 15" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return <LineDrawing size={size}>{shapes[name]}</LineDrawing>;
}

/** How every icon is drawn: lines on a grid of 20 by 20, in the colour of the text around it; on its side where turned. */
export function LineDrawing({ size, turned = false, children }: { readonly size: number; readonly turned?: boolean; readonly children: ReactNode }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={turned ? { transform: 'rotate(-90deg)' } : undefined}
    >
      {children}
    </svg>
  );
}

/** Several voices that become one. */
export function Mark({ size = 28 }: { readonly size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" fill="none" strokeWidth="2.6" strokeLinecap="round" aria-hidden="true" focusable="false">
      <path className="mark-high" d="M4 7.500C12.5 7.5 14 16 22 16" />
      <path className="mark-middle" d="M4 16H22" />
      <path className="mark-low" d="M4 24.500C12.5 24.5 14 16 22 16" />
      <circle className="mark-one" cx="24" cy="16" r="4.4" stroke="none" />
    </svg>
  );
}
