import type { SceneElement } from '../sceneElement';
import { ImageBody } from './ImageBody';
import { LampBody } from './LampBody';
import { ModelBody } from './ModelBody';

interface MediaBodyProps {
  readonly element: SceneElement;
  readonly color: string;
  /** Colours of those who have it selected, oneself first. */
  readonly rings: readonly string[];
}

/** What a light, an image or a model looks like, in the frame of its element. */
export function MediaBody({ element, color, rings }: MediaBodyProps) {
  switch (element.kind) {
    case 'light':
      return <LampBody element={element} color={color} rings={rings} />;
    case 'image':
      return <ImageBody element={element} rings={rings} />;
    case 'model':
      return <ModelBody element={element} rings={rings} />;
    default:
      return null;
  }
}
