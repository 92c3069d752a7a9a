import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ensureProgram } from '../runner/debian-program.ts';
import { ROOT } from '../runner/projects.ts';

/** A service of a Compose file, after Compose has filled it in. */
export interface ComposeService {
  readonly image: string;
  readonly user?: string;
  readonly command?: readonly string[];
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly { readonly source: string }[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly (string | { readonly published: number; readonly target: number })[];
  readonly networks?: Readonly<Record<string, { readonly ipv4_address?: string }>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
}

/** What Compose makes of a file. */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

/** Path of Compose; installs Debian's where that is possible. @throws {Error} that says what to install. */
export function ensureCompose(): string {
  return ensureProgram({
    variable: 'DOCKER_COMPOSE_PATH',
    names: ['docker-compose'],
    packageName: 'docker-compose',
    need: 'The Compose files are read by Compose itself',
  });
}

/**
 * Reads a file of `deploy/` as Compose does, without an engine.
 *
 * @throws {Error} with what Compose says about it.
 */
export function readCompose(name: string, variables: Readonly<Record<string, string>> = {}): ComposeFile {
  const words = ['-f', join(ROOT, 'deploy', name), 'config'];
  const env = { PATH: process.env['PATH'], ...variables };
  return parse(
    execFileSync(ensureCompose(), words, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
  );
}
