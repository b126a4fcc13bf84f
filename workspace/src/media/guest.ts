import type { Guest, Session } from '@chorale/client';
import { readIdentity } from '../app/identity';
import { browserStorage } from '../app/storage';

/** Who one is in calls beside the session's connection. */
export function guestOf({ self }: Session): Guest {
  return readIdentity(browserStorage) ?? { name: self?.name ?? '', color: self?.color ?? '' };
}
