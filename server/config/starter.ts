import { writeFile } from 'node:fs/promises';
import { systemCode } from '../errors/system-code.ts';

/**
 * A `config.yaml` to begin with: what the usual Gatehouse needs, with a placeholder for each thing that only its admin knows, so
 * that none is used by mistake. `config.example.yaml` has all there is.
 */
export const STARTER = `# Written by Gatehouse at its first start: the few settings that a password reset by mail needs. Fill in what says
# paste-…-here and user:password; Gatehouse takes the file up as soon as it is saved and everything fits. What is missing
# says the page /gatehouse/setup, the log, and \`gatehouse check\`. Every option, with comments: config.example.yaml.
#
# A variable in the environment comes before what stands here: GATEHOUSE_JELLYFIN__URL is jellyfin.url, and
# GATEHOUSE_JELLYFIN__API_KEY_FILE names a file with jellyfin.apiKey in it.

# The Jellyfin server behind.
jellyfin:
  # As Gatehouse reaches it, with its base path if it has one: http://127.0.0.1:8096, or http://jellyfin:8096 for a container
  # of that name.
  url: paste-the-address-of-jellyfin-here
  # Made in Jellyfin under Dashboard, API Keys.
  apiKey: paste-the-key-here

# How people reach Gatehouse. Links in messages begin with it: https://media.example.org
public:
  url: paste-the-public-address-here

# Addresses of the reverse proxies in front of Gatehouse, such as 192.168.1.5 or 172.16.0.0/12. Only their word about who asks
# is believed.
#listen:
  #trustedProxies: [172.16.0.0/12]

# The password reset service. To change the web client only, remove it, and with it public, mail and jellyfin.apiKey.
reset:
  # link, account, pin or pin-link.
  method: link

# How messages go out.
mail:
  # smtp:// begins plain and switches to TLS (port 587), smtps:// is TLS from the start (port 465). In a password, / is written
  # %2F, # is %23, % is %25.
  url: smtp://user:password@mail.example.org:587
  # Such as Jellyfin <noreply@example.org>
  from: paste-the-sender-here

# Contacts, links and waiting messages, beside this file.
storage: ./gatehouse.db

# Changes of the web client; \`gatehouse mods\` lists them all.
#mods:
  #login-notice: { text: New here? Ask Ada for an account. }
`;

/**
 * Writes it where nothing is yet, for its owner alone (mode 0600).
 *
 * @returns The system's code when it cannot be written there; undefined when it was.
 */
export async function writeStarter(file: string): Promise<string | undefined> {
  try {
    await writeFile(file, STARTER, { mode: 0o600, flag: 'wx' });
    return undefined;
  } catch (error) {
    return systemCode(error) ?? 'unknown error';
  }
}
