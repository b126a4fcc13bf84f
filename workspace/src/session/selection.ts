import { selectionState } from '../presence/remoteState';
import { childElements, sceneElement } from '../scene/sceneElement';
import { ancestorsOf, groupAround } from '../scene/tree';
import { messages } from '../app/messages';
import type { Workspace } from './workspace';
import { nameOf } from './wording';

/** What one has selected, and what the others see of it; and which group one is in. */
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

  /** Everything that is shown in the group that one is in: what nobody sees, nobody should change unawares. */
  all(): void {
    const shown = childElements(this.workspace.session.document, this.entered ?? null).filter(({ hidden }) => !hidden);
    this.set(shown.map(({ id }) => id));
  }

  // Groups

  /** The group whose members one selects by pressing them in the scene. */
  get entered(): string | undefined {
    return this.workspace.store.getState().entered;
  }

  /** What a press on a thing in the scene is about: the outermost group around it that one is not in, or the thing itself. */
  pickedAt(id: string): string {
    const { workspace, entered } = this;
    const chain = [id, ...ancestorsOf(workspace.session.document, id)];
    const inside = entered === undefined ? -1 : chain.indexOf(entered);
    const open = inside === -1 ? chain : chain.slice(0, inside);
    return open.findLast((each) => workspace.element(each)?.kind === 'group') ?? id;
  }

  /** Selects what a press on a thing in the scene is about; a press beside the group that one is in leaves it. */
  press(id: string, gathers: boolean): void {
    this.leaveFor(id);
    const picked = this.pickedAt(id);
    if (gathers) this.toggle(picked);
    else this.set([picked]);
  }

  /** Adds what a frame drawn in the scene is around. */
  addPicked(ids: readonly string[]): void {
    const bodies = ids.filter((id) => this.workspace.element(id)?.kind !== 'group');
    this.add([...new Set(bodies.map((id) => this.pickedAt(id)))]);
  }

  /** Selects one element, wherever it hangs: presses in the scene are then about its siblings, too. */
  choose(id: string): void {
    this.enterGroup(groupAround(this.workspace.session.document, id));
    this.set([id]);
  }

  /** Goes into the group that a press on this thing is about, and selects what the press is about there; false where there is none. */
  enter(id: string): boolean {
    this.leaveFor(id);
    const group = this.pickedAt(id);
    if (group === id || this.workspace.element(group)?.kind !== 'group') return false;
    this.enterGroup(group);
    this.set([this.pickedAt(id)]);
    return true;
  }

  /** Goes into a group, with nothing in it selected yet. */
  goInto(group: string | undefined): void {
    if (group === undefined) return;
    this.enterGroup(group);
    this.set([]);
  }

  /** Goes out of the group that one is in, and selects it; false where one is in none. */
  leave(): boolean {
    const { entered } = this;
    if (entered === undefined) return false;
    this.enterGroup(groupAround(this.workspace.session.document, entered));
    this.set([entered]);
    return true;
  }

  /** Goes into a group, or into none. */
  enterGroup(entered: string | undefined): void {
    if (this.entered !== entered) this.workspace.store.setState({ entered });
  }

  /** What is selected of an element and everything that it hangs from, the outermost of it. */
  grip(id: string): string | undefined {
    return [id, ...ancestorsOf(this.workspace.session.document, id)].findLast((each) => this.has(each));
  }

  private leaveFor(id: string): void {
    const { document } = this.workspace.session;
    const above = ancestorsOf(document, id);
    let { entered } = this;
    while (entered !== undefined && !above.includes(entered)) entered = groupAround(document, entered);
    this.enterGroup(entered);
  }

  /**
   * Drops what is gone from the document.
   *
   * @param told whether somebody knows already that an element is gone, asked once for each
   */
  dropGone(told: (id: string) => boolean): void {
    const { document } = this.workspace.session;
    let { entered } = this;
    while (entered !== undefined && !document.live(entered)) entered = groupAround(document, entered);
    this.enterGroup(entered);
    const gone = this.ids.filter((id) => !document.live(id));
    if (gone.length === 0) return;
    this.set(this.ids.filter((id) => document.live(id)));
    for (const id of gone) {
      const view = document.elements.get(id);
      if (view && !told(id)) this.workspace.notify({ tone: 'neutral', title: messages.toast.removedByOther(nameOf(sceneElement(view))) });
    }
  }
}
