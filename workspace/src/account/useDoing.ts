import { useState } from 'react';
import { wordsFor } from './problemWords';

/** Something that a person asked for, and what became of it. */
export interface Doing {
  readonly busy: boolean;
  /** Why it did not work, for people. */
  readonly failure: string | undefined;
  /** Does it, where nothing else is being done. Answers whether it worked. */
  readonly run: (task: () => Promise<void>) => Promise<boolean>;
}

export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const run = async (task: () => Promise<void>) => {
    if (busy) return false;
    setBusy(true);
    setFailure(undefined);
    try {
      await task();
      return true;
    } catch (problem) {
      setFailure(wordsFor(problem));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run };
}
