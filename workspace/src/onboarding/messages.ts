import { inLanguage } from '../app/language';
import type { Step } from './progress';

interface StepText {
  readonly title: string;
  readonly detail: string;
  /** For whoever has fingers instead of keys and a mouse, where that is something else. */
  readonly touch?: string;
}

const english = {
  label: 'First steps',
  menu: 'First steps',
  command: 'Show the first steps',
  progress: (step: number, of: number) => `Step ${step} of ${of}`,
  skip: 'Skip',
  close: 'Close the first steps',
  done: 'That is all you need',
  doneDetail: 'More keys are on the sheet that ? opens. You find the first steps again in the session menu.',
  doneTouch: 'Everything else is in the session menu, the three dots at the top; the first steps, too.',
  finish: 'Close',
  steps: {
    add: { title: 'Add something', detail: 'Choose a shape here, or press a number from 1 to 5.', touch: 'Choose a shape below.' },
    move: { title: 'Move it', detail: 'What you added is selected. Drag it over the ground, or pull one of its arrows.' },
    invite: { title: 'Invite somebody', detail: 'Whoever has the link can join. Copy it here and send it.', touch: 'Whoever has the link can join. The button at the top right copies it.' },
    undo: { title: 'Change your mind', detail: 'Take your last edit back here or with Ctrl Z. Ctrl K finds everything else you can do.', touch: 'The arrow that turns back, below, takes back your last edit.' },
    tune: { title: 'Move a value', detail: 'Drag a slider. Everyone here sees it move, and the plot with it.' },
  } as Readonly<Record<Step, StepText>>,
};

export type OnboardingMessages = typeof english;

const german: OnboardingMessages = {
  label: 'Erste Schritte',
  menu: 'Erste Schritte',
  command: 'Erste Schritte zeigen',
  progress: (step, of) => `Schritt ${step} von ${of}`,
  skip: 'Überspringen',
  close: 'Erste Schritte schließen',
  done: 'Mehr brauchen Sie nicht',
  doneDetail: 'Weitere Tasten zeigt das Blatt, das ? öffnet. Die ersten Schritte finden Sie im Sitzungsmenü wieder.',
  doneTouch: 'Alles Weitere steht im Sitzungsmenü, den drei Punkten oben; auch die ersten Schritte.',
  finish: 'Schließen',
  steps: {
    add: { title: 'Fügen Sie etwas hinzu', detail: 'Wählen Sie hier eine Form oder drücken Sie eine Ziffer von 1 bis 5.', touch: 'Wählen Sie unten eine Form.' },
    move: { title: 'Verschieben Sie es', detail: 'Was Sie hinzugefügt haben, ist ausgewählt. Ziehen Sie es über den Boden oder an einem seiner Pfeile.' },
    invite: { title: 'Laden Sie jemanden ein', detail: 'Wer den Link hat, kann teilnehmen. Kopieren Sie ihn hier und verschicken Sie ihn.', touch: 'Wer den Link hat, kann teilnehmen. Der Knopf oben rechts kopiert ihn.' },
    undo: { title: 'Überlegen Sie es sich anders', detail: 'Nehmen Sie hier oder mit Strg Z Ihre letzte Änderung zurück. Mit Strg K finden Sie alles Weitere.', touch: 'Der Pfeil zurück unten nimmt Ihre letzte Änderung zurück.' },
    tune: { title: 'Bewegen Sie einen Wert', detail: 'Ziehen Sie einen Regler. Alle hier sehen ihn wandern und die Kurve mit ihm.' },
  },
};

export const onboardingCatalogues = { en: english, de: german };

/** What the first steps say. */
export const onboardingMessages: OnboardingMessages = inLanguage(onboardingCatalogues);

/** A step's words, or those behind the last one. @param touch whether there are fingers instead of keys and a mouse */
export function hintOf(messages: OnboardingMessages, step: Step | undefined, touch: boolean): { readonly title: string; readonly detail: string } {
  if (step === undefined) return { title: messages.done, detail: touch ? messages.doneTouch : messages.doneDetail };
  const { title, detail, touch: touchDetail = detail } = messages.steps[step];
  return { title, detail: touch ? touchDetail : detail };
}
