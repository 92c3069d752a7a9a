import { z } from 'zod';
import { type ContactSource, SourceError } from '../ports/contact-source.ts';
import { askJson, type ProgramAddress } from './ask-json.ts';
import { contactsOfSeerrUser, type SeerrUser } from './seerr-database.ts';
import type { AskSecret } from './source-definition.ts';

/** People asked for at once. */
const PAGE = 100;

/** Settings asked for at once: one call a person. */
const AT_ONCE = 4;

const maybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);

/** Source: Seerr 3.1, server/routes/user/index.ts; the address is left out for whoever may not manage users. */
const Page = z.looseObject({
  pageInfo: z.looseObject({ results: z.int().min(0) }),
  results: z.array(
    z.looseObject({
      id: z.int().min(1),
      email: z.string().optional(),
      jellyfinUserId: maybeText,
      jellyfinUsername: maybeText,
    }),
  ),
});

/** Source: Seerr 3.1, server/routes/user/usersettings.ts, `/notifications`. */
const Notifications = z.looseObject({ discordId: maybeText, telegramChatId: maybeText });

/** Makes a source of the API of Seerr or Jellyseerr; the key is that of Settings, General. */
export async function createSeerrApiSource(
  address: ProgramAddress,
  askSecret: AskSecret,
): Promise<ContactSource> {
  const key = await askSecret('API key of Seerr');
  const asked = { headers: { 'x-api-key': key }, refused: 'the API key' };
  let share: number | undefined;

  async function withChats(user: Omit<SeerrUser, 'discord' | 'telegram'>): Promise<SeerrUser> {
    const path = `/api/v1/user/${user.id}/settings/notifications`;
    const more = { schema: Notifications, what: 'the settings of a person' };
    const { discordId, telegramChatId } = await askJson(address, path, { ...asked, ...more });
    return { ...user, discord: discordId, telegram: telegramChatId };
  }

  return {
    place: address.place,
    rowWord: 'user',
    share: () => share,
    async *read() {
      share = 0;
      for (let skip = 0; ; skip += PAGE) {
        const path = `/api/v1/user?take=${PAGE}&skip=${skip}&sort=created`;
        const page = await askJson(address, path, { ...asked, schema: Page, what: 'the people' });
        if (page.results.some(({ email }) => email === undefined))
          throw new SourceError(
            `${address.place} tells no addresses to this key; use that of Settings, General`,
          );
        const people = page.results.flatMap(
          ({ id, email = '', jellyfinUserId: jellyfinId, jellyfinUsername: name }) =>
            jellyfinId === undefined || jellyfinId === '' ? [] : [{ id, email, jellyfinId, name }],
        );
        for (let first = 0; first < people.length; first += AT_ONCE) {
          const whole = await Promise.all(people.slice(first, first + AT_ONCE).map(withChats));
          for (const user of whole) yield* contactsOfSeerrUser(user);
        }
        const read = skip + page.results.length;
        share = page.pageInfo.results === 0 ? 1 : read / page.pageInfo.results;
        if (page.results.length === 0 || read >= page.pageInfo.results) return;
      }
    },
  };
}
