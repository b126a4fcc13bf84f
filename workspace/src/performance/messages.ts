import { inLanguage } from '../app/language';

/** What the panel tells besides the common measures. */
export const measures = inLanguage({
  en: {
    cpu: 'CPU time a frame',
    acknowledged: 'Own edits stored after',
    arrived: 'Others’ edits, from the server',
    waiting: 'Edits waiting',
    hint: 'Pairs are the median and what 95 of 100 stay below.',
    spread: (p50: string, p95: string) => `${p50} / ${p95} ms`,
  },
  de: {
    cpu: 'CPU-Zeit je Bild',
    acknowledged: 'Eigene Änderungen gespeichert nach',
    arrived: 'Änderungen anderer, ab Server',
    waiting: 'Wartende Änderungen',
    hint: 'Wertepaare sind der Median und das, worunter 95 von 100 bleiben.',
    spread: (p50: string, p95: string) => `${p50} / ${p95} ms`,
  },
});
