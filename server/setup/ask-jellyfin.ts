import { type CurrentSettings, describeFixed } from './current-settings.ts';
import { findJellyfin, lookAtJellyfin } from './find-jellyfin.ts';
import type { Server } from './get-key.ts';
import type { Run } from './run.ts';

/** Asks where Jellyfin is, until one answers there. @param ca Content of `jellyfin.caFile`. */
export async function askForJellyfin(
  { questions, said }: Run,
  current: CurrentSettings,
  ca: string | undefined,
): Promise<Server> {
  const known = current.get('jellyfin.url');
  const guess = said.jellyfin ?? known ?? (await findJellyfin());
  let version = '';
  const url = await questions.text({
    words: 'Address of Jellyfin',
    flag: '--jellyfin',
    given: said.jellyfin,
    fallback: guess ?? (questions.isAsking ? 'http://127.0.0.1:8096' : undefined),
    async check(text) {
      if (!/^(?:https?:\/\/[^\s/]|unix:\/)/i.test(text))
        return 'That is no address such as http://127.0.0.1:8096.';
      const fixed = describeFixed(current, 'jellyfin.url', text);
      if (fixed !== undefined) return fixed;
      const seen = await lookAtJellyfin(text, ca);
      if (seen.kind === 'not-usable') return `${seen.says} ${seen.fix}`;
      ({ version } = seen);
      return undefined;
    },
  });
  questions.tell(`Jellyfin ${version} answers there.`);
  return { url, ca, version };
}
