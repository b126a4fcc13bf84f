import type { ReactNode } from 'react';
import { LineDrawing } from '../ui/Icon';

const shapes = {
  move: <path d="M10 2.800v14.400M2.800 10h14.400M7.800 5 10 2.800 12.200 5M7.800 15l2.200 2.200 2.200-2.200M5 7.800 2.800 10 5 12.200M15 7.800l2.200 2.200-2.200 2.200" />,
  turn: <path d="M16.300 11.500a6.500 6.500 0 1 1-1.700-6.100M15.200 2.300v3.600h-3.600" />,
  stretch: (
    <>
      <path d="M9.500 4.500V3.500h7v7h-1M16.200 3.800l-5 5" />
      <rect x="3.500" y="9.500" width="7" height="7" rx="1.500" />
    </>
  ),
  snapping: <path d="M4 3.500h3.500v7a2.500 2.500 0 0 0 5 0v-7H16v7a6 6 0 0 1-12 0v-7ZM4 7h3.500M12.500 7H16" />,
  gathering: (
    <>
      <path d="M3.500 6V4.500a1 1 0 0 1 1-1H6M9 3.500h2M14 3.500h1.500a1 1 0 0 1 1 1V6M3.500 9v2M3.500 14v1.500a1 1 0 0 0 1 1H6" />
      <path d="m10 10 6.500 2.400-2.800 1.300-1.300 2.800L10 10Z" />
    </>
  ),
  group: <path d="M3.500 6V3.500H6M14 3.500h2.500V6M16.500 14v2.500H14M6 16.500H3.500V14M6.500 6.500h4.500v4.500H6.500zM13.500 9v4.500H9" />,
  ungroup: <path d="M3.500 3.500h6v6h-6zM10.500 10.500h6v6h-6zM13 3.500h3.500V7M7 16.500H3.500V13" />,
  hidden: <path d="M3 3.500 17 16.500M8.200 5.100A7.700 7.700 0 0 1 10 4.900c3.300 0 6 1.800 8 5.100a13 13 0 0 1-2.300 2.800M5.300 6.500A12 12 0 0 0 2 10c2 3.300 4.700 5.100 8 5.100 1.300 0 2.500-.3 3.600-.8M8.400 8.500a2.200 2.200 0 0 0 3 3.100" />,
  'align-low': <path d="M3.500 3v14M6.500 5.500h10v3.300h-10zM6.500 11.200h6v3.300h-6z" />,
  'align-middle': <path d="M10 3v2.500M10 8.800v2.400M10 14.500V17M5 5.500h10v3.300H5zM7 11.200h6v3.300H7z" />,
  'align-high': <path d="M16.500 3v14M3.500 5.500h10v3.300h-10zM7.500 11.200h6v3.300h-6z" />,
  distribute: <path d="M3.500 3v14M16.500 3v14M8.200 6h3.600v8H8.200z" />,
  ground: <path d="M3 16.500h14M6.500 8.500h7v8h-7zM10 2.500v3.300M8.400 4.400 10 6l1.600-1.600" />,
} satisfies Record<string, ReactNode>;

export type ToolIconName = keyof typeof shapes;

/** Pictures of what only a scene has tools for; drawn as all other icons. */
export function ToolIcon({ name, size = 20, turned = false }: { readonly name: ToolIconName; readonly size?: number; readonly turned?: boolean }) {
  return (
    <LineDrawing size={size} turned={turned}>
      {shapes[name]}
    </LineDrawing>
  );
}
