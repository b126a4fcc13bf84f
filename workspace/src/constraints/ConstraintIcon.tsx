import type { ReactNode } from 'react';
import { LineDrawing } from '../ui/Icon';
import type { Constraint } from './constraint';

const drawings: Readonly<Record<Constraint['kind'], ReactNode>> = {
  distance: <path d="M3 5v10M17 5v10M5.500 10h9M7.500 8l-2 2 2 2M12.500 8l2 2-2 2" />,
  align: <path d="M10 2.500v15M4 5.500h4v3.500H4zM12 11h4v3.500h-4z" />,
  ground: <path d="M3 16.500h14M6.500 8.500h7v8h-7zM10 2.500v3.300M8.400 4.400 10 6l1.600-1.600" />,
  unknown: <path d="M7.500 7.500a2.500 2.500 0 1 1 3.600 2.200c-.8.400-1.100.9-1.100 1.800M10 14.500h.01" />,
};

/** What a constraint is about, as a picture. */
export function ConstraintIcon({ kind, size = 18 }: { readonly kind: Constraint['kind']; readonly size?: number }) {
  return <LineDrawing size={size}>{drawings[kind]}</LineDrawing>;
}
