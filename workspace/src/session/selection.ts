import { selectionState } from '../presence/remoteState';
import { sceneElement, visibleElements } from '../scene/sceneElement';
import { messages } from '../app/messages';
import type { Workspace } from './workspace';
import { nameOf } from './wording';

/** What one has selected, and what the others see of it. */
export class Selection {
  constructor(private readonly workspace: Workspace) {}

  get ids(): readonly string[] {
    return this.workspace.store.getState().selection;
  }

  /** Selects these and nothing else; the last one is the one that single things are about. */
  set(ids: readonly string[]): void {
    const selection = [...new Set(ids)];
    const { ids: before } = this;
    if (selection.length === before.length && selection.every((id, index) => id === before[index])) return;
    const { store, session, view } = this.workspace;
    store.setState({ selection, selectedId: selection.at(-1), editingTextId: undefined, triedColor: undefined });
    session.setAwareness({ selection: selectionState(selection) });
    view?.invalidate();
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  /** Adds an element, or takes it out. */
  toggle(id: string): void {
    this.set(this.has(id) ? this.ids.filter((each) => each !== id) : [...this.ids, id]);
  }

  add(ids: readonly string[]): void {
    this.set([...this.ids.filter((each) => !ids.includes(each)), ...ids]);
  }

  /** From the last one selected to another one, as a list shows them. */
  addUpTo(id: string, listed: readonly string[]): void {
    const last = this.ids.at(-1);
    const [from, to] = [last === undefined ? -1 : listed.indexOf(last), listed.indexOf(id)];
    if (from === -1 || to === -1) this.toggle(id);
    else this.add(from <= to ? listed.slice(from, to + 1) : listed.slice(to, from + 1).reverse());
  }

  /** Everything that is shown: what nobody sees, nobody should change unawares. */
  all(): void {
    this.set(visibleElements(this.workspace.session.document).map(({ id }) => id));
  }

  /**
   * Drops what is gone from the document.
   *
   * @param told whether somebody knows already that an element is gone, asked once for each
   */
  dropGone(told: (id: string) => boolean): void {
    const { document } = this.workspace.session;
    const gone = this.ids.filter((id) => !document.live(id));
    if (gone.length === 0) return;
    this.set(this.ids.filter((id) => document.live(id)));
    for (const id of gone) {
      const view = document.elements.get(id);
      if (view && !told(id)) this.workspace.notify({ tone: 'neutral', title: messages.toast.removedByOther(nameOf(sceneElement(view))) });
    }
  }
}
