import type { LightType } from '../scene/sceneElement';
import { Icon, LineDrawing } from '../ui/Icon';

/** A kind of light as a picture. */
export function LightIcon({ type, size = 20 }: { readonly type: LightType; readonly size?: number }) {
  if (type === 'point') return <Icon name="light" size={size} />;
  if (type === 'sun') return <Icon name="sun" size={size} />;
  return (
    <LineDrawing size={size}>
      <path d="M7.5 3h5l2.5 7H5l2.5-7ZM10 13.2v3.8M5.8 12.8l-1.6 3.2M14.2 12.8l1.6 3.2" />
    </LineDrawing>
  );
}
