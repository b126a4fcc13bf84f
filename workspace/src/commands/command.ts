/** Something a person can do, however they reach for it: by key, in the palette, in the help sheet. */
export interface Command {
  readonly id: string;
  /** In the page's language, beginning with a verb. */
  readonly title: string;
  readonly section: 'edit' | 'select' | 'view' | 'session' | 'help';
  /** As `KeyboardEvent.key` in lower case behind the modifiers in this order: `mod+shift+z`, where mod is Ctrl or the Command key. */
  readonly keys?: readonly string[];
  /** Absent where it can always be done. */
  readonly isPossible?: () => boolean;
  run(): void;
}
