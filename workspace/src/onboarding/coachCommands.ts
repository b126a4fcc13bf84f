import type { Command } from '../commands/command';
import { coach } from './coachStore';
import { onboardingMessages } from './messages';
import type { CoachKind } from './progress';

export function coachCommands(kind: CoachKind): readonly Command[] {
  return [{ id: 'first-steps', title: onboardingMessages.command, section: 'help', run: () => coach.restart(kind) }];
}
