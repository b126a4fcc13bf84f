import { sceneMessages } from '../scene/messages';
import { copyText } from './copyText';
import { constraintsAmong } from './copiedConstraints';
import { clipboardText, fromClipboard, MOST_PASTED, originalsOf, type Copies, type Unusable } from './sceneClipboard';
import type { Workspace } from './workspace';

const text = sceneMessages.paste;

/** Copies, cuts and pastes elements through the system's clipboard, also between sessions. */
export class Clipboard {
  constructor(private readonly workspace: Workspace) {}

  /** The selection as text; undefined where there is nothing to copy. */
  text(): string | undefined {
    const copies = this.copied();
    return copies.elements.length === 0 ? undefined : clipboardText(copies);
  }

  private copied(): Copies {
    const { selection, session } = this.workspace;
    const originals = originalsOf(session.document, selection.ids);
    return {
      elements: originals.map(({ copied }) => copied),
      constraints: constraintsAmong(session.document, originals.map(({ element }) => element.id)),
    };
  }

  /** For whoever copies without keys; answers whether it worked. */
  async copy(): Promise<boolean> {
    const copied = this.text();
    if (copied === undefined) return false;
    if (await copyText(copied)) {
      this.tellCopied();
      return true;
    }
    this.workspace.notify({ tone: 'danger', title: sceneMessages.copyFailed });
    return false;
  }

  async cut(): Promise<void> {
    const { ids } = this.workspace.selection;
    if (await this.copy()) this.workspace.edits.remove(ids);
  }

  async paste(): Promise<void> {
    try {
      this.take(await navigator.clipboard.readText());
    } catch {
      // No https, or not allowed: the browser's own paste event remains.
      this.workspace.notify({ tone: 'neutral', about: 'paste', ...text.unread });
    }
  }

  tellCopied(): void {
    this.workspace.notify({ tone: 'neutral', about: 'copied', title: sceneMessages.copied(this.copied().elements.filter(({ parent }) => parent === undefined).length) });
  }

  /** Adds the elements in a clipboard's text; says so where there are none. */
  take(given: string): void {
    const found = fromClipboard(given);
    if (typeof found === 'string') this.workspace.notify({ tone: 'neutral', about: 'paste', ...whyNot(found) });
    else this.workspace.edits.paste(found);
  }
}

function whyNot(unusable: Unusable): { readonly title: string; readonly detail: string } {
  return unusable === 'too-many' ? text['too-many'](MOST_PASTED) : text[unusable];
}
