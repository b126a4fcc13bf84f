import type { Command } from '../commands/command';
import type { Workspace } from '../session/workspace';
import { presenceMessages } from './messages';

/** As commands name keys. */
export const LASER_KEY = 'y';

const text = presenceMessages.commands;

/** What one can do with the others in a scene. They come before the scene's own: Escape stops following before it deselects. */
export function presenceCommands({ company, dragging, session }: Workspace): readonly Command[] {
  const isFollowing = () => {
    const { following, invitation } = company.store.getState();
    return (following !== undefined || invitation !== undefined) && !dragging.isOn;
  };
  const isAccompanied = () => session.participants.size > 1 || company.store.getState().leading;
  const isPointing = () => company.store.getState().pointing !== 'off';
  return [
    { id: 'laser-off', title: presenceMessages.laserOff, section: 'view', keys: ['escape'], isPossible: isPointing, run: () => company.laser.off() },
    { id: 'stay', title: text.stay, section: 'view', keys: ['escape'], isPossible: isFollowing, run: () => company.stay() },
    { id: 'bring-everyone', title: text.bring, section: 'view', isPossible: isAccompanied, run: () => company.toggleLead() },
    { id: 'laser', title: text.laser, section: 'view', keys: [LASER_KEY], isPossible: () => company.laser.aim !== undefined, run: () => company.laser.pull() },
  ];
}
