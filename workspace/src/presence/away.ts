/** How long nobody looks at the page before the others see that one is away. */
export const AWAY_MS = 60_000;

interface Page extends Pick<EventTarget, 'addEventListener' | 'removeEventListener'> {
  readonly visibilityState: DocumentVisibilityState;
}

/** Tells when the page was hidden for long, and when it is seen again. Answers the function that stops it. */
export function watchAway(page: Page, tell: (away: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let away = false;
  const look = () => {
    clearTimeout(timer);
    if (page.visibilityState === 'hidden') {
      timer = setTimeout(() => {
        away = true;
        tell(true);
      }, AWAY_MS);
    } else if (away) {
      away = false;
      tell(false);
    }
  };
  page.addEventListener('visibilitychange', look);
  look();
  return () => {
    clearTimeout(timer);
    page.removeEventListener('visibilitychange', look);
  };
}
