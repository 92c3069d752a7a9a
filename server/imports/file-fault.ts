import { resolve } from 'node:path';
import { systemCode } from '../errors/system-code.ts';
import { SourceError } from '../ports/contact-source.ts';

/** Says of a file that cannot be read what is wrong with it, and what to do. */
export function explainFile(error: unknown, path: string): SourceError {
  const code = systemCode(error);
  const why = {
    ENOENT: `there is nothing at ${resolve(path)}; correct the path`,
    ENOTDIR: 'what stands before its last / is no folder; correct the path',
    EACCES: 'this user may not read it; give it the right to, or run this as root (sudo)',
    EPERM: 'this user may not read it; give it the right to, or run this as root (sudo)',
    EISDIR: 'it is a folder; name the file in it',
  }[code ?? ''];
  return new SourceError(`${path} cannot be read: ${why ?? code ?? 'unknown error'}`);
}
