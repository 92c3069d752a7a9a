import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../runner/projects.ts';
import { fillIn, readDockerfile, type Step, toVariable } from './dockerfile.ts';

const run = promisify(execFile);

/** What an image says of how it is run, and its files. */
export interface Image {
  /** Folder of its file tree. */
  readonly root: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workFolder: string;
  readonly entryPoint: readonly string[];
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly stopSignal: string;
  /** Undefined: root. */
  readonly user: string | undefined;
}

type Made = { -readonly [name in keyof Image]: Image[name] };

/**
 * Carries out `deploy/Dockerfile` step by step, as a builder would: each stage in a copy of the base, each `RUN` by the shell in it.
 * What it is not: layers, a cache, and the sandbox of a builder. Takes root, and about a minute.
 *
 * @param folder For the stages, one folder each.
 * @param base File tree of what the stages are `FROM`.
 * @param target As `TARGETARCH`.
 */
export async function assembleImage(folder: string, base: string, target: string): Promise<Image> {
  const trees = new Map<string, string>();
  let image: Made | undefined;
  for (const [index, { name, steps, globals }] of readDockerfile().entries()) {
    const root = join(folder, name === '' ? `stage-${index}` : name);
    // A copy that shares its files: none of ours is changed in place.
    await run('cp', ['-al', base, root]);
    trees.set(name, root);
    image = emptyImage(root);
    const variables: Record<string, string> = { ...globals, TARGETARCH: target };
    const known = new Set<string>();
    for (const step of steps) {
      if (step.keyword === 'ARG') {
        known.add((step.words[0] ?? '').split('=')[0] ?? '');
        Object.assign(variables, { ...toVariable(step), ...variables });
      } else {
        const declared = Object.fromEntries(Object.entries(variables).filter(([one]) => known.has(one)));
        await carryOut(step, image, { ...declared, ...image.environment }, trees);
      }
    }
  }
  if (image === undefined) throw new Error('deploy/Dockerfile has no stage');
  return image;
}

function emptyImage(root: string): Made {
  const none = { environment: {}, labels: {}, entryPoint: [], command: [], healthCheck: [], volumes: [] };
  return { ...none, root, workFolder: '/', stopSignal: 'SIGTERM', user: undefined };
}

async function carryOut(
  step: Step,
  image: Made,
  variables: Record<string, string>,
  trees: ReadonlyMap<string, string>,
): Promise<void> {
  const words = step.words.map((word) => fillIn(word, variables));
  const [first = ''] = words;
  const pairs = () => Object.fromEntries(words.map((word) => word.split(/=(.*)/s).slice(0, 2)));
  switch (step.keyword) {
    case 'WORKDIR':
      image.workFolder = first;
      await mkdir(join(image.root, first), { recursive: true });
      break;
    case 'COPY':
      await copy(words, step.flags, image, trees);
      break;
    case 'RUN':
      await runStep(step.text, image, variables);
      break;
    case 'ENV':
      image.environment = { ...image.environment, ...pairs() };
      break;
    case 'LABEL':
      image.labels = { ...image.labels, ...pairs() };
      break;
    case 'HEALTHCHECK':
      // `CMD` and a JSON list, which the parser leaves as it stands.
      image.healthCheck = JSON.parse(step.text.replace(/^CMD\s+/, ''));
      break;
    case 'ENTRYPOINT':
      image.entryPoint = words;
      break;
    case 'CMD':
      image.command = words;
      break;
    case 'VOLUME':
      image.volumes = words;
      break;
    case 'STOPSIGNAL':
      image.stopSignal = first;
      break;
    case 'USER':
      image.user = first;
      break;
    case 'EXPOSE':
      break;
    default:
      throw new Error(`nobody knows here what ${step.keyword} does; teach test/support/deploy/image-tree.ts`);
  }
}

/** As Docker: a folder's contents go into the target, files under their name where the target ends with a slash. */
async function copy(
  words: readonly string[],
  { from, chmod: mode }: Step['flags'],
  { root, workFolder }: Made,
  trees: ReadonlyMap<string, string>,
): Promise<void> {
  const source = from === undefined ? ROOT : trees.get(from);
  if (source === undefined) throw new Error(`COPY --from=${from}: there is no such stage before it`);
  const target = words.at(-1) ?? '';
  const place = target.startsWith('/') ? join(root, target) : join(root, workFolder, target);
  for (const word of words.slice(0, -1)) {
    const path = join(source, word);
    const isInto = /\/$|^\.\/?$/.test(target) && !(await stat(path)).isDirectory();
    const to = isInto ? join(place, basename(word)) : place;
    await cp(path, to, { recursive: true, verbatimSymlinks: true });
    if (mode !== undefined) await chmod(to, Number.parseInt(mode, 8));
  }
}

/** What the registry's client of this machine goes by, so that it is the same in there. */
const NPM = `
mkdir -p "$ROOT/root/.npm" "$ROOT/run/outside"
mount --bind "$NPM_CACHE" "$ROOT/root/.npm"
mount -t tmpfs tmpfs "$ROOT/run/outside"
cp /etc/resolv.conf "$ROOT/run/outside/"
[ ! -e "$NPM_CONFIG" ] || cp "$NPM_CONFIG" "$ROOT/run/outside/npmrc"
[ ! -e "\${NODE_EXTRA_CA_CERTS:-}" ] || cp "$NODE_EXTRA_CA_CERTS" "$ROOT/run/outside/ca.pem"
touch "$ROOT/etc/resolv.conf"
mount --bind "$ROOT/run/outside/resolv.conf" "$ROOT/etc/resolv.conf"
mount -t proc proc "$ROOT/proc"
mount --rbind /dev "$ROOT/dev"
`;

async function runStep(text: string, { root, workFolder }: Made, variables: Record<string, string>) {
  const ask = async (name: string) => (await run('npm', ['config', 'get', name])).stdout.trim();
  const outside = {
    ...process.env,
    ROOT: root,
    NPM_CACHE: await ask('cache'),
    NPM_CONFIG: await ask('userconfig'),
  };
  const ca =
    process.env['NODE_EXTRA_CA_CERTS'] === undefined ? [] : ['NODE_EXTRA_CA_CERTS=/run/outside/ca.pem'];
  const inside = [
    ...['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root'],
    ...['npm_config_userconfig=/run/outside/npmrc', 'npm_config_prefer_offline=true', ...ca],
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
  ];
  await mkdir(outside.NPM_CACHE, { recursive: true });
  const enter = `set -e\n${NPM}exec chroot "$ROOT" env -i -C "$@"`;
  const step = [workFolder, ...inside, '/bin/sh', '-e', '-c', text];
  try {
    await run('unshare', ['--mount', '--pid', '--fork', 'sh', '-c', enter, 'sh', ...step], {
      env: outside,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).slice(-2_000) : '';
    throw new Error(`RUN ${text}\nfailed: ${said}`, { cause });
  }
}
