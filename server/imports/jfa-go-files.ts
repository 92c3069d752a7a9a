import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCode } from '../errors/system-code.ts';
import { type ContactSource, type FoundContact, SourceError } from '../ports/contact-source.ts';
import { MOST_BYTES } from './ask-json.ts';
import { explainFile } from './file-fault.ts';

const isOn = z.boolean().default(true);

/** One file: people by Jellyfin's id, and where each is reached. */
interface File {
  readonly name: string;
  readonly channel: string;
  readonly schema: z.ZodType<{ readonly address: string; readonly isOn: boolean }>;
}

/** Source: jfa-go before 0.5, storage.go `EmailAddress`, `DiscordUser`, `TelegramUser`, `MatrixUser`; in the oldest a mail address is a text. */
const FILES: readonly File[] = [
  {
    name: 'emails.json',
    channel: 'email',
    schema: z.union([
      z.string().transform((address) => ({ address, isOn: true })),
      z
        .looseObject({ Addr: z.string(), Contact: isOn })
        .transform(({ Addr, Contact }) => ({ address: Addr, isOn: Contact })),
    ]),
  },
  {
    name: 'discord_users.json',
    channel: 'discord',
    schema: z
      .looseObject({ ID: z.string(), Contact: isOn })
      .transform(({ ID, Contact }) => ({ address: ID, isOn: Contact })),
  },
  {
    name: 'telegram_users.json',
    channel: 'telegram',
    schema: z
      .looseObject({ ChatID: z.int(), Contact: isOn })
      .transform(({ ChatID, Contact }) => ({ address: String(ChatID), isOn: Contact })),
  },
  {
    name: 'matrix_users.json',
    channel: 'matrix',
    schema: z
      .looseObject({ UserID: z.string(), Contact: isOn })
      .transform(({ UserID, Contact }) => ({ address: UserID, isOn: Contact })),
  },
];

/**
 * Makes a source of the JSON files in the data folder of a jfa-go before 0.5. Later ones leave them there, as they were when
 * it was updated; what changed since is only known to jfa-go itself.
 */
export function createJfaGoFilesSource(folder: string): ContactSource {
  return {
    place: folder,
    rowWord: 'user',
    share: () => undefined,
    async *read() {
      let found = 0;
      let row = 0;
      for (const file of FILES) {
        const people = await readPeople(join(folder, file.name));
        if (people === undefined) continue;
        found += 1;
        for (const [jellyfinId, value] of Object.entries(people)) {
          row += 1;
          const read = file.schema.safeParse(value);
          if (!read.success) yield { row, fault: `has something else than an address in ${file.name}` };
          else if (read.data.address !== '') yield toContact(row, jellyfinId, file.channel, read.data);
        }
      }
      if (found === 0)
        throw new SourceError(
          `${folder} has none of ${FILES.map(({ name }) => name).join(', ')}; since 0.5 jfa-go keeps them where only it can read: let it run, and name its web address in place of the folder`,
        );
    },
  };
}

function toContact(
  row: number,
  jellyfinId: string,
  channel: string,
  { address, isOn: isWanted }: { readonly address: string; readonly isOn: boolean },
): FoundContact {
  return { row, jellyfinId, channel, address, isOptedOut: !isWanted };
}

async function readPeople(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    if ((await stat(path)).size > MOST_BYTES)
      throw new SourceError(`${path} is larger than 64 MiB; is it the right file?`);
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!read.success) throw new SourceError(`${path} is no list of people by their ids`);
    return read.data;
  } catch (error) {
    if (error instanceof SourceError) throw error;
    if (error instanceof SyntaxError) throw new SourceError(`${path} is no JSON; was it cut?`);
    if (systemCode(error) === 'ENOENT') return undefined;
    throw explainFile(error, path);
  }
}
