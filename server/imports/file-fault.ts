import { resolve } from 'node:path';
import { SourceError } from '../ports/contact-source.ts';

/** The system's code of an error, such as `ENOENT`; undefined where it has none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Says of a file that cannot be read what is wrong with it, and what to do. */
export function explainFile(error: unknown, path: string): SourceError {
  const code = codeOf(error);
  const why = {
    ENOENT: `there is nothing at ${resolve(path)}; correct the path`,
    ENOTDIR: 'what stands before its last / is no folder; correct the path',
    EACCES: 'this user may not read it; give it the right to, or run this as root (sudo)',
    EPERM: 'this user may not read it; give it the right to, or run this as root (sudo)',
    EISDIR: 'it is a folder; name the file in it',
  }[code ?? ''];
  return new SourceError(`${path} cannot be read: ${why ?? code ?? 'unknown error'}`);
}
