import { messages } from '../app/messages';
import { IconButton } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { useCentre } from './commandCentre';
import { Keys } from './Keys';
import { sectionsOf } from './matching';

/** Every key and what it does, by section. */
export function HelpSheet({ onClose }: { readonly onClose: () => void }) {
  const commands = useCentre((state) => state.commands);
  const sections = sectionsOf(commands.filter(({ keys }) => keys !== undefined && keys.length > 0));
  return (
    <Dialog title={messages.keys.title} onDismiss={onClose} testId="help" className="dialog-wide">
      <p className="dialog-lead">{messages.keys.lead}</p>
      <IconButton icon="close" label={messages.close} hint="none" className="dialog-corner" onClick={onClose} data-testid="help-close" />
      <div className="help-sections">
        {sections.map(({ section, commands: listed }) => (
          <section key={section} aria-labelledby={`help-${section}`}>
            <h3 id={`help-${section}`}>{messages.commands.sections[section]}</h3>
            <dl>
              {listed.map(({ id, title, keys = [] }) => (
                <div key={id} className="help-row" data-testid="shortcut" data-command={id}>
                  <dt>{title}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
