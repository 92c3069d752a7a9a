import { findJellyfin, lookAtJellyfin } from './find-jellyfin.ts';
import type { Server } from './get-key.ts';
import type { Run } from './run.ts';

/** Asks where Jellyfin is, until one answers there. @param known What is configured already. */
export async function askForJellyfin(
  { questions, said }: Run,
  known: { readonly url: string | undefined; readonly ca: string | undefined },
): Promise<Server> {
  const { ca } = known;
  const guess = said.jellyfin ?? known.url ?? (await findJellyfin());
  let version = '';
  const url = await questions.text({
    words: 'Address of Jellyfin',
    flag: '--jellyfin',
    given: said.jellyfin,
    fallback: guess ?? (questions.isAsking ? 'http://127.0.0.1:8096' : undefined),
    async check(text) {
      if (!/^(?:https?:\/\/[^\s/]|unix:\/)/i.test(text))
        return 'That is no address such as http://127.0.0.1:8096.';
      const seen = await lookAtJellyfin(text, ca);
      if (seen.kind === 'not-usable') return `${seen.says} ${seen.fix}`;
      ({ version } = seen);
      return undefined;
    },
  });
  questions.tell(`Jellyfin ${version} answers there.`);
  return { url, ca, version };
}
