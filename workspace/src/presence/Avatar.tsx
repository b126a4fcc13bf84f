import type { ParticipantStatus } from '@chorale/client';
import { useState } from 'react';
import { inkOn } from '../app/colors';
import { Icon } from '../ui/Icon';

interface AvatarProps {
  readonly name: string;
  readonly color: string;
  readonly size?: 'normal' | 'small' | 'large';
  /** Where the person's picture is; the initials stay underneath until it is there. */
  readonly picture?: string | undefined;
  /** Shown as a mark at the edge; who is offline is grey. */
  readonly status?: ParticipantStatus | undefined;
}

export function Avatar({ name, color, size = 'normal', picture, status }: AvatarProps) {
  return (
    <span className={`avatar avatar-${size}`} style={{ backgroundColor: color, color: inkOn(color) }} data-status={status} aria-hidden="true">
      {initials(name)}
      {picture !== undefined && <Picture key={picture} picture={picture} />}
      {status === 'EDITING' && (
        <span className="avatar-mark avatar-editing">
          <Icon name="pencil" size={10} />
        </span>
      )}
      {status === 'AWAY' && <span className="avatar-mark avatar-away" />}
    </span>
  );
}

function Picture({ picture }: { readonly picture: string }) {
  const [broken, setBroken] = useState(false);
  return broken ? null : <img className="avatar-picture" src={picture} alt="" draggable={false} onError={() => setBroken(true)} />;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
