import { join, resolve } from 'node:path';
import { editYaml, type YamlEdit } from '../config/edit-yaml.ts';
import { variableOf } from '../config/environment.ts';
import { beginConfig } from './begin-config.ts';
import type { CurrentSettings } from './current-settings.ts';
import { type Draft, writeDraft } from './draft.ts';

/** Fields that are secrets, and may stand in files of their own. */
const SECRETS = ['jellyfin.apiKey', 'mail.password'];

/** A configuration that is written beside the one in force, to be tried. */
export interface Proposal {
  readonly draft: Draft;
  /** Variables that name the files of secrets, with the drafts of them. */
  readonly secrets: readonly { readonly variable: string; readonly file: string; readonly draft: Draft }[];
  /** Whether anything is other than before. */
  readonly isChanged: boolean;
}

/**
 * Writes the drafts of a configuration in which fields have new values; everything else is as it was, comments too. Where there
 * was no file, it has the comments of the starter.
 *
 * @param answers Fields by their paths; undefined: the field is to be gone. What is set as answered already is left alone.
 * @param secretsFolder Where secrets get files of their own, named after their variable; undefined: in the configuration.
 * @throws {Error} of the system, when a folder may not be written to; no draft is left then.
 */
export async function proposeConfig(
  file: string,
  answers: ReadonlyMap<string, string | undefined>,
  current: CurrentSettings,
  secretsFolder: string | undefined,
): Promise<Proposal> {
  const edits: YamlEdit[] = [];
  const secrets: { variable: string; file: string; draft: Draft }[] = [];
  for (const [field, value] of answers) {
    const path = field.split('.');
    const isOwnFile = SECRETS.includes(field) && secretsFolder !== undefined && value !== undefined;
    if (isOwnFile) {
      const variable = variableOf(path);
      const place = join(resolve(secretsFolder), variable);
      secrets.push({
        variable: `${variable}_FILE`,
        file: place,
        draft: await writeDraft(place, `${value}\n`),
      });
    }
    const isSame = value !== undefined && current.get(field) === value;
    if (isOwnFile) edits.push({ path, value: undefined });
    else if (!isSame) edits.push({ path, value });
  }
  const before = current.text ?? beginConfig(edits);
  const text = editYaml(before, edits);
  const isChanged = text !== current.text || secrets.length > 0;
  try {
    return { draft: await writeDraft(file, text), secrets, isChanged };
  } catch (error) {
    for (const { draft } of secrets) await draft.discard();
    throw error;
  }
}

/** Throws all of it away. */
export async function discardProposal({ draft, secrets }: Proposal): Promise<void> {
  for (const one of [draft, ...secrets.map((secret) => secret.draft)]) await one.discard();
}

/** Puts it in force: secrets first, so that a Gatehouse that runs finds them. */
export async function acceptProposal({ draft, secrets }: Proposal): Promise<void> {
  for (const secret of secrets) await secret.draft.putInPlace();
  await draft.putInPlace();
}
