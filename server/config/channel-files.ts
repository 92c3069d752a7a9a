import type { Config } from './config.ts';
import type { Finding } from './findings.ts';
import type { ChannelSection } from './schema.ts';

/** Looks at the files that sections of channels name, of those that are set up. Never rejects. */
export async function checkChannelFiles(
  { reset }: Pick<Config, 'reset'>,
  channels: readonly ChannelSection[],
): Promise<readonly Finding[]> {
  const found = await Promise.all(
    channels.map(async ({ name, section, checkFiles }) => {
      const options = reset?.channels[name];
      const faults = options === undefined ? [] : ((await checkFiles?.(options)) ?? []);
      return faults.map(
        ({ path, message }): Finding => ({ path: [section, ...path], message, part: 'value' }),
      );
    }),
  );
  return found.flat();
}
