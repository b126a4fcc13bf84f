import { navigate } from '../app/router';
import { sessionPath } from '../app/routes';
import type { Command } from '../commands/command';
import type { Surface } from '../commands/commandCentre';
import type { Workspace } from '../session/workspace';
import { MAIN } from './address';
import { branchMessages as text } from './messages';

/** What can be done about branches from anywhere in a session. */
export function branchCommands({ session }: Workspace, show: (open: Surface) => () => void): readonly Command[] {
  const toMain = () => navigate(sessionPath(session.sessionId));
  return [
    { id: 'branches', title: text.command, section: 'session', run: show('branches') },
    { id: 'proposals', title: text.requestsCommand, section: 'session', run: show('proposals') },
    { id: 'toMain', title: text.mainCommand, section: 'session', isPossible: () => session.branch !== MAIN, run: toMain },
  ];
}
