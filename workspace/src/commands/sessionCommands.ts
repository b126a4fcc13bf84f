import type { Action } from '@chorale/client';
import { messages } from '../app/messages';
import { navigate } from '../app/router';
import { sessionPath } from '../app/routes';
import { chooseLanguage, language } from '../app/language';
import { browserStorage } from '../app/storage';
import { toggleTheme } from '../app/theme';
import { branchCommands } from '../branches/commands';
import { lookBack } from '../history/lookBack';
import { historyMessages } from '../history/messages';
import { copyText } from '../session/copyText';
import type { Workspace } from '../session/workspace';
import { rightsWords } from '../sharing/rightsWords';
import { ownerKeyOf } from '../start/ownerKeys';
import { importChosen } from '../transfer/importFile';
import { exportModel, exportSession } from '../transfer/exportSession';
import type { Command } from './command';
import type { CommandCentre, Surface } from './commandCentre';

const text = messages.commands;

/** Undoing and redoing, as every session can. */
export function historyCommands(workspace: Workspace): readonly Command[] {
  const { session } = workspace;
  return [
    { id: 'undo', title: text.undo, section: 'edit', keys: ['mod+z'], isPossible: () => session.canUndo, run: () => workspace.undo() },
    { id: 'redo', title: text.redo, section: 'edit', keys: ['mod+shift+z', 'mod+y'], isPossible: () => session.canRedo, run: () => workspace.redo() },
  ];
}

/** What can be done in a session of any kind, beside editing it. */
export function sessionCommands(workspace: Workspace, centre: CommandCentre): readonly Command[] {
  const { session } = workspace;
  const show = (open: Surface) => () => centre.setState({ open });
  const holdsKey = () => ownerKeyOf(browserStorage, session.sessionId) !== undefined;
  const isAllowed = (action: Action) => () => holdsKey() || session.self?.permissions?.includes(action) === true;
  const isScene = () => session.info?.kind === 'scene';
  return [
    { id: 'theme', title: text.theme, section: 'view', run: toggleTheme },
    { id: 'language', title: messages.language.use, section: 'view', run: () => chooseLanguage(language === 'en' ? 'de' : 'en') },
    { id: 'performance', title: text.performance, section: 'view', run: () => centre.setState(({ measuring }) => ({ measuring: !measuring })) },
    { id: 'chat', title: text.chat, section: 'session', keys: ['c'], run: () => workspace.chat.toggle() },
    { id: 'copyLink', title: text.copyLink, section: 'session', run: () => void copyLink(workspace) },
    { id: 'share', title: rightsWords.share, section: 'session', run: show('share') },
    { id: 'moderation', title: rightsWords.moderation, section: 'session', isPossible: isAllowed('MODERATE'), run: show('moderation') },
    { id: 'identity', title: text.identity, section: 'session', run: show('identity') },
    { id: 'exportFile', title: text.exportFile, section: 'session', run: () => exportSession(session) },
    { id: 'exportModel', title: text.exportModel, section: 'session', isPossible: isScene, run: () => void exportModel(workspace) },
    { id: 'importFile', title: text.importFile, section: 'session', run: () => void importChosen(workspace) },
    { id: 'timeline', title: historyMessages.timelineCommand, section: 'session', run: () => lookBack(workspace) },
    { id: 'versions', title: historyMessages.command, section: 'session', run: show('versions') },
    { id: 'deleted', title: historyMessages.deletedCommand, section: 'session', isPossible: isScene, run: show('deleted') },
    ...branchCommands(workspace, show),
    { id: 'policy', title: text.policy, section: 'session', isPossible: isAllowed('SETTINGS'), run: show('policy') },
    { id: 'closeSession', title: text.closeSession, section: 'session', isPossible: isAllowed('CLOSE'), run: show('close') },
    { id: 'toStart', title: text.toStart, section: 'session', run: () => navigate('/') },
    { id: 'palette', title: text.palette, section: 'help', keys: ['mod+k'], run: show('palette') },
    { id: 'help', title: text.help, section: 'help', keys: ['?'], run: show('help') },
  ];
}

async function copyLink(workspace: Workspace): Promise<void> {
  workspace.company.tookLink();
  const copied = await copyText(window.location.origin + sessionPath(workspace.session.sessionId, workspace.session.branch));
  workspace.notify({ tone: 'neutral', title: copied ? messages.session.linkCopied : messages.session.copyFailed });
}
