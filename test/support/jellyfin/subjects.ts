import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JELLYFIN_VERSIONS, type JellyfinVersion } from '../../jellyfin/fake-jellyfin.ts';
import { createFakeSubject } from './fake-subject.ts';
import { createRealSubject } from './real-subject.ts';
import type { Subject } from './subject.ts';

/** A kind of server the journeys run on. */
export interface SubjectKind {
  /** For the names of tests, e.g. `Jellyfin 10.11.11 with a built client`. */
  readonly title: string;
  open(): Promise<Subject>;
}

/**
 * The servers the journeys run on: the fake in all its versions; with `JELLYFIN_WEB_DIR`, the fake of that version with
 * the real client; with `JELLYFIN_URL`, `JELLYFIN_ADMIN` and `JELLYFIN_ADMIN_PASSWORD`, a real server.
 */
export function findSubjects(environment: NodeJS.ProcessEnv = process.env): SubjectKind[] {
  const url = environment['JELLYFIN_URL'];
  if (url !== undefined) {
    const admin = {
      name: environment['JELLYFIN_ADMIN'] ?? '',
      password: environment['JELLYFIN_ADMIN_PASSWORD'] ?? '',
    };
    return [{ title: 'a real Jellyfin', open: () => createRealSubject(url, admin) }];
  }
  const webFolder = environment['JELLYFIN_WEB_DIR'];
  if (webFolder === undefined) {
    return JELLYFIN_VERSIONS.map((version) => ({
      title: `Jellyfin ${version}`,
      open: () => createFakeSubject({ version }),
    }));
  }
  const version = versionOfClient(webFolder);
  return [
    {
      title: `Jellyfin ${version} with a built client`,
      open: () => createFakeSubject({ version, webFolder }),
    },
  ];
}

/** A built client says its version in its main file. */
function versionOfClient(folder: string): JellyfinVersion {
  const main = readFileSync(join(folder, 'main.jellyfin.bundle.js'), 'utf8');
  const version = JELLYFIN_VERSIONS.find((known) =>
    main.includes(known === '12.0' ? '"12.0.' : `"${known}"`),
  );
  if (version === undefined) throw new Error(`${folder} is not a client of ${JELLYFIN_VERSIONS.join(', ')}`);
  return version;
}
