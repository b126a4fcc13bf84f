import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEGABYTES = 400;
const BLOCK = Buffer.alloc(64 * 1024);

/** A disk of its own for a database, in memory and small, that can be filled to the last byte. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Why there is none. */
  static get missing(): string | undefined {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a disk to fill has to be mounted: needs Linux and root';
    const folder = mkdtempSync(join(tmpdir(), 'chorale-e2e-disk-'));
    const may = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
    if (may) spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
    return may ? undefined : 'a disk to fill has to be mounted, which is not allowed here';
  }

  static mounted(): SmallDisk {
    const folder = mkdtempSync(join(tmpdir(), 'chorale-e2e-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', folder]);
    const disk = new SmallDisk(folder);
    process.once('exit', () => disk.dispose());
    return disk;
  }

  /** Where the database may live. */
  get database(): string {
    const folder = join(this.folder, 'database');
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Leaves no byte free. */
  fill(): void {
    const file = openSync(this.#ballast, 'a');
    try {
      for (let size = BLOCK.length; size >= 1; size = size > 1 ? size / 2 : 0) {
        while (this.#wrote(file, size));
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives back what {@link fill} took. */
  free(): void {
    rmSync(this.#ballast, { force: true });
  }

  dispose(): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #ballast(): string {
    return join(this.folder, 'ballast');
  }

  #wrote(file: number, size: number): boolean {
    try {
      return writeSync(file, BLOCK, 0, size) === size;
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === 'ENOSPC') return false;
      throw failure;
    }
  }
}
