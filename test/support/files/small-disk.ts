import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A disk of its own that can be filled and made read-only. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it to the last byte. */
  fill(): Promise<void>;
  /** Makes room again. */
  free(): Promise<void>;
  setReadOnly(isReadOnly: boolean): void;
}

/** Whether this process may mount one: root, outside of most containers. */
export const MAY_MOUNT = process.platform === 'linux' && process.getuid?.() === 0 && tryToMount();

/** Mounts one of that size in memory; gone after the running test. */
export function mountSmallDisk(bytes: number): SmallDisk {
  const folder = mount(bytes);
  const ballast = join(folder, 'ballast');
  onTestFinished(() => unmount(folder));
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a');
      try {
        for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
          while (
            await file.write(Buffer.alloc(size)).then(
              (wrote) => wrote.bytesWritten === size,
              () => false,
            )
          );
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    setReadOnly(isReadOnly) {
      execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]);
    },
  };
}

function mount(bytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=0700`, 'tmpfs', folder], { stdio: 'pipe' });
  return folder;
}

async function unmount(folder: string): Promise<void> {
  // Lazily: what a failed test left open shall not keep it.
  execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
  await rm(folder, { recursive: true, force: true });
}

function tryToMount(): boolean {
  try {
    const folder = mount(64 * 1024);
    execFileSync('umount', [folder], { stdio: 'pipe' });
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
