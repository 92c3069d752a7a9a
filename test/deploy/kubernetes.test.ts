import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { MOD_LIST } from '../../injector/mods/index.ts';
import { CHANNELS } from '../../server/channels/registry.ts';
import { loadConfig } from '../../server/config/load.ts';
import { tempFolder } from '../support/files/temp-folder.ts';
import { ROOT } from '../support/runner/projects.ts';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: what else stands in it depends on the kind, and its schema looks after that.
  readonly [field: string]: any;
}

const documents = parseAllDocuments(readFileSync(join(ROOT, 'deploy/kubernetes/gatehouse.yaml'), 'utf8'));
const manifests = documents.map((document): Manifest => document.toJS());
const of = (kind: string): Manifest => {
  const found = manifests.find((manifest) => manifest.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
};

/** Holds a manifest to the schema of its kind, as Kubernetes publishes them. @throws {Error} that names the field. */
async function check(manifest: Manifest): Promise<void> {
  const models = await import(/* @vite-ignore */ `kubernetes-models/${manifest.apiVersion}`);
  const model = new models[manifest.kind](manifest);
  model.validate();
}

describe('deploy/kubernetes/gatehouse.yaml', () => {
  it.each(manifests.map((manifest) => [manifest.kind, manifest] as const))(
    'its %s is one by the schema of Kubernetes',
    async (_kind, manifest) => {
      await check(manifest);
    },
  );

  it('would not be, with a field of the wrong kind', async () => {
    const deployment = structuredClone(of('Deployment'));
    deployment['spec'].replicas = 'one';
    await expect(check(deployment)).rejects.toThrow(/replicas/);
  });

  it('has a configuration that our loader takes, with the secrets where they are mounted', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'secrets'));
    await writeFile(join(folder, 'secrets/jellyfin-api-key'), '0a1b2c3d');
    await writeFile(join(folder, 'secrets/mail-url'), 'smtp://films:secret@mail.example.com');
    const configPath = join(folder, 'config.yaml');
    await writeFile(configPath, of('ConfigMap')['data']['config.yaml']);
    const [container] = of('Deployment')['spec'].template.spec.containers;
    const mounted = container.volumeMounts.find(({ name }: { name: string }) => name === 'secrets').mountPath;
    const environment = Object.fromEntries(
      container.env
        .filter(({ name }: { name: string }) => name !== 'GATEHOUSE_CONFIG')
        .map(({ name, value }: { name: string; value: string }) => [
          name,
          value.replace(mounted, join(folder, 'secrets')),
        ]),
    );
    const config = await loadConfig({ configPath, environment, mods: MOD_LIST, channels: CHANNELS });
    expect(config.reset).toMatchObject({ apiKey: '0a1b2c3d', publicUrl: 'https://media.example.org' });
    expect(config.storage).toBe('/data/gatehouse.db');
    expect(config.listen.port).toBe(container.ports[0].containerPort);
  });

  it('writes to its volume and to /tmp only, as nobody who may do more', () => {
    const { spec } = of('Deployment')['spec'].template;
    expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const mounts = spec.containers[0].volumeMounts.filter(
      ({ readOnly }: { readOnly?: boolean }) => readOnly !== true,
    );
    expect(mounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual(['/data', '/tmp']);
  });
});
