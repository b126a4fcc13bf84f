import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeAtExit } from '../support/processes.js';

const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

/** A clock that one process believes, and that can be set while it runs. */
export class WrongClock {
  readonly #folder = mkdtempSync(join(tmpdir(), 'chorale-e2e-clock-'));

  private constructor() {
    removeAtExit(this.#folder);
    this.set('+0');
  }

  /** Why there is none. */
  static get missing(): string | undefined {
    return existsSync(LIBRARY) ? undefined : `no libfaketime at ${LIBRARY}: apt-get install libfaketime`;
  }

  static right(): WrongClock {
    return new WrongClock();
  }

  /** For the process that believes it. What the system counts from its start (timers, nanoTime) stays right. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // Else waits of the JVM would end at once: it counts by the monotonic clock.
      FAKETIME_FORCE_MONOTONIC_FIX: '0',
    };
  }

  /** How far it is off, as faketime has it: `+1h`, `-1h`, `+0`. */
  set(offset: string): void {
    writeFileSync(this.#file, `${offset}\n`);
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.#folder, 'faketimerc');
  }
}
