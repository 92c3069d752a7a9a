import { z } from 'zod';
import { type ContactSource, type FoundContact, SourceError } from '../ports/contact-source.ts';
import { askJson, type ProgramAddress } from './ask-json.ts';
import type { AskSecret } from './source-definition.ts';

const text = z.string().default('');
const isOn = z.boolean().default(true);

/** Source: jfa-go, 2026-03, auth.go `getTokenDTO`. */
const Token = z.looseObject({ token: z.string().min(1) });

/** Source: jfa-go, 2026-03, models.go `respUser`; earlier ones lack some of the fields. */
const User = z.looseObject({
  id: z.string(),
  name: text,
  email: text,
  notify_email: isOn,
  discord_id: text,
  notify_discord: isOn,
  matrix: text,
  notify_matrix: isOn,
});

const Users = z.looseObject({ users: z.array(User).nullable() });

/**
 * Makes a source of a running jfa-go. It gives no chat id of Telegram, only a name that anybody may take, so Telegram is left
 * out; whoever turned a channel off is marked so.
 *
 * @param user An administrator of jfa-go.
 */
export async function createJfaGoApiSource(
  address: ProgramAddress,
  user: string | undefined,
  askSecret: AskSecret,
): Promise<ContactSource> {
  if (user === undefined)
    throw new SourceError(
      '--user is missing: the name of an administrator of jfa-go; its password is asked for',
    );
  const password = await askSecret(`password of ${user} in jfa-go`);
  return {
    place: address.place,
    rowWord: 'user',
    share: () => undefined,
    async *read() {
      const basic = Buffer.from(`${user}:${password}`, 'utf8').toString('base64');
      const { token } = await askJson(address, '/token/login', {
        schema: Token,
        headers: { authorization: `Basic ${basic}` },
        what: 'who we are',
        refused: 'this user or password',
      });
      const { users } = await askJson(address, '/users', {
        schema: Users,
        headers: { authorization: `Bearer ${token}` },
        what: 'its people',
        refused: 'this user',
      });
      for (const [index, one] of (users ?? []).entries()) yield* contactsOf(one, index + 1);
    },
  };
}

function contactsOf(user: z.output<typeof User>, row: number): readonly FoundContact[] {
  const who = { row, jellyfinId: user.id, name: user.name === '' ? undefined : user.name };
  const all: readonly FoundContact[] = [
    { ...who, channel: 'email', address: user.email, isOptedOut: !user.notify_email },
    { ...who, channel: 'discord', address: user.discord_id, isOptedOut: !user.notify_discord },
    { ...who, channel: 'matrix', address: user.matrix, isOptedOut: !user.notify_matrix },
  ];
  const filled = all.filter(({ address }) => address !== '');
  return filled.length > 0 ? filled : [{ ...who, channel: 'email', address: '' }];
}
