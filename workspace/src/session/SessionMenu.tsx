import { messages } from '../app/messages';
import { toggleTheme, useTheme } from '../app/theme';
import { branchMessages } from '../branches/messages';
import { useCentre, useCommandCentre, type Surface } from '../commands/commandCentre';
import { Keys } from '../commands/Keys';
import { lookBack } from '../history/lookBack';
import { historyMessages } from '../history/messages';
import { coach } from '../onboarding/coachStore';
import { onboardingMessages } from '../onboarding/messages';
import { COACH_KINDS } from '../onboarding/progress';
import { exportModel, exportSession } from '../transfer/exportSession';
import { importChosen } from '../transfer/importFile';
import { rightsWords } from '../sharing/rightsWords';
import { useManages } from '../sharing/useRights';
import { IconButton } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { LanguageChoice } from '../ui/LanguageChoice';
import { Popover } from '../ui/Popover';
import { useMayEditPolicy } from './PolicyDialog';
import { useRefusedEdits, useSessionKind, useWorkspace } from './WorkspaceContext';

const text = messages.session;

/** What concerns the session as a whole, and the way to everything else that can be done. */
export function SessionMenu() {
  return (
    <Popover
      label={text.menu}
      align="start"
      testId="session-menu"
      trigger={(props) => <IconButton {...props} icon="more" label={text.menu} hint="none" data-testid="session-menu-button" />}
    >
      {(close) => (
        <div className="menu">
          <Finding close={close} />
          <hr className="menu-rule" />
          <Appearance close={close} />
          <hr className="menu-rule" />
          <Transfer close={close} />
          <SharingItems close={close} />
          <OwnerItems close={close} />
        </div>
      )}
    </Popover>
  );
}

interface PartProps {
  readonly close: () => void;
}

/** Shows a dialog in the menu's place. */
function useShow(close: () => void): (open: Surface) => () => void {
  const centre = useCommandCentre();
  return (open) => () => {
    close();
    centre.setState({ open });
  };
}

function Finding({ close }: PartProps) {
  const show = useShow(close);
  const { menu } = messages;
  return (
    <>
      <MenuItem icon="command" label={menu.commands} keys="mod+k" testId="menu-palette" onClick={show('palette')} />
      <MenuItem icon="keyboard" label={menu.help} keys="?" testId="menu-help" onClick={show('help')} />
      <FirstSteps close={close} />
    </>
  );
}

function FirstSteps({ close }: PartProps) {
  const kind = useSessionKind();
  const known = COACH_KINDS.find((each) => each === kind);
  if (known === undefined) return null;
  return (
    <MenuItem
      icon="steps"
      label={onboardingMessages.menu}
      testId="menu-first-steps"
      onClick={() => {
        close();
        coach.restart(known);
      }}
    />
  );
}

function Appearance({ close }: PartProps) {
  const show = useShow(close);
  const centre = useCommandCentre();
  const measuring = useCentre((state) => state.measuring);
  const theme = useTheme();
  const { menu } = messages;
  return (
    <>
      <MenuItem icon="person" label={text.editIdentity} testId="menu-identity" onClick={show('identity')} />
      <MenuItem icon={theme === 'dark' ? 'sun' : 'moon'} label={theme === 'dark' ? messages.theme.toLight : messages.theme.toDark} testId="menu-theme" onClick={toggleTheme} />
      <MenuItem
        icon="gauge"
        label={menu.performance}
        pressed={measuring}
        testId="menu-performance"
        onClick={() => {
          close();
          centre.setState({ measuring: !measuring });
        }}
      />
      <div className="menu-row">
        <Icon name="globe" />
        <span>{messages.language.label}</span>
        <LanguageChoice />
      </div>
    </>
  );
}

function Transfer({ close }: PartProps) {
  const workspace = useWorkspace();
  const isScene = useSessionKind() === 'scene';
  const { menu } = messages;
  const closing = (run: () => void) => () => {
    close();
    run();
  };
  const show = useShow(close);
  return (
    <>
      <MenuItem icon="play" label={historyMessages.timelineMenu} testId="menu-timeline" onClick={closing(() => lookBack(workspace))} />
      <MenuItem icon="history" label={historyMessages.menu} testId="menu-versions" onClick={show('versions')} />
      <MenuItem icon="branch" label={branchMessages.menu} testId="menu-branches" onClick={show('branches')} />
      <MenuItem icon="upload" label={menu.importFile} testId="menu-import" onClick={closing(() => void importChosen(workspace))} />
      <MenuItem icon="download" label={menu.exportFile} testId="menu-export" onClick={closing(() => exportSession(workspace.session))} />
      {isScene && <MenuItem icon="box" label={menu.exportModel} testId="menu-export-model" onClick={closing(() => void exportModel(workspace))} />}
    </>
  );
}

function SharingItems({ close }: PartProps) {
  const show = useShow(close);
  const moderates = useManages('MODERATE');
  return (
    <>
      <hr className="menu-rule" />
      <MenuItem icon="share" label={rightsWords.share} testId="menu-share" onClick={show('share')} />
      {moderates && <MenuItem icon="shield" label={rightsWords.moderation} testId="menu-moderation" onClick={show('moderation')} />}
    </>
  );
}

function OwnerItems({ close }: PartProps) {
  const show = useShow(close);
  const refused = useRefusedEdits();
  const mayEditPolicy = useMayEditPolicy();
  const closes = useManages('CLOSE');
  if (refused.length === 0 && !closes && !mayEditPolicy) return null;
  return (
    <>
      <hr className="menu-rule" />
      {refused.length > 0 && <MenuItem icon="warning" label={messages.synced.menu(refused.length)} testId="menu-refused" onClick={show('report')} />}
      {mayEditPolicy && <MenuItem icon="split" label={messages.menu.policy} testId="menu-policy" onClick={show('policy')} />}
      {closes && <MenuItem icon="power" danger label={text.closeSession} testId="menu-close-session" onClick={show('close')} />}
    </>
  );
}

interface MenuItemProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly testId: string;
  readonly danger?: boolean;
  readonly keys?: string;
  /** For what is switched on and off. */
  readonly pressed?: boolean;
}

function MenuItem({ icon, label, onClick, testId, danger = false, keys, pressed }: MenuItemProps) {
  return (
    <button type="button" className={danger ? 'menu-item menu-danger' : 'menu-item'} aria-pressed={pressed} onClick={onClick} data-testid={testId}>
      <Icon name={icon} />
      <span>{label}</span>
      {keys !== undefined && <Keys keys={[keys]} />}
      {pressed === true && (
        <span className="menu-mark">
          <Icon name="check" size={18} />
        </span>
      )}
    </button>
  );
}
