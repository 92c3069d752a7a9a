import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_MODS_FOLDER } from '../../injector/kit/data-mod-schema.ts';
import { MOD_YAML, nameFault } from '../config/data-mods.ts';
import { systemCode } from '../errors/system-code.ts';

/**
 * Makes the folder of a mod that is data, with a `mod.yaml` that shows something at once and explains its fields.
 *
 * @param folder Of `config.yaml`.
 * @returns Path of the file.
 * @throws {Error} for a name that cannot be, and where there is something already; nothing was changed.
 */
export async function createDataModFolder(
  folder: string,
  name: string,
  builtIn: readonly string[],
): Promise<string> {
  const fault = nameFault(name, builtIn);
  if (fault !== undefined) throw new Error(`${JSON.stringify(name)} cannot be made: it ${fault}`);
  const target = join(folder, DATA_MODS_FOLDER, name);
  await mkdir(join(folder, DATA_MODS_FOLDER), { recursive: true });
  try {
    await mkdir(target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST')
      throw new Error(`${target} is there already; choose another name, or change what is in it`);
    throw error;
  }
  const file = join(target, MOD_YAML);
  try {
    await writeFile(file, modYamlOf(name), { flag: 'wx' });
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
  return file;
}

/** The file as it begins: one rule that shows, and every other field behind a `#`. */
export function modYamlOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return `# A mod of your own. Switch it on in config.yaml:
#   mods: { ${name}: true }
# Gatehouse takes each change of this file within a second; "gatehouse check" says what is wrong with it.
# All fields: docs/data-mods.md of Gatehouse.

name: ${name}
title: ${words.charAt(0).toUpperCase()}${words.slice(1)}

# Rules for every page of the web client. This one shows that the mod is on; write yours in its place.
css: |
  body::after {
    content: "${name} is on";
    position: fixed;
    right: 8px;
    bottom: 8px;
    padding: 4px 8px;
    border-radius: 4px;
    background: #000;
    color: #fff;
    pointer-events: none;
  }

# The versions of Jellyfin it is for.
#jellyfin: ">=10.8 <13"

# Files with rules, in this folder; addresses in them begin at the file.
#styles: [look.css]

# Pictures and fonts of this folder; rules name them by url(asset:garden), elements by asset:garden.
#assets:
#  garden: pictures/garden.jpg

# Texts of the client, one for everybody or one for each language.
#texts:
#  ButtonForgotPassword: { en: New password, de: Neues Passwort }

# Elements of the page. meta and link go into the head, all others to the end of the body.
#tags:
#  - { tag: meta, attributes: { name: robots, content: noindex } }

# Links in the menu of people who are signed in.
#menuLinks:
#  - { name: Wish list, url: "https://wishes.example.org", icon: playlist_add }

# What settings of the client are where a person chose nothing; with force whatever they chose.
#defaults:
#  screensaver: none
#  enableThemeSongs: { value: false, force: true }

# Values that replace those of Jellyfin: of config.json, of the branding, of the manifest of the installed app.
#json:
#  branding: { SplashscreenEnabled: false }

# Text in the client's own files, replaced where it stands as often as count says (1). The last resort: an update of Jellyfin
# may change it, and "gatehouse check" then says so. In a script it is code, as scripts are.
#replacements:
#  - { find: "Next Up", replace: "Carry on with", count: 2, in: script }

# Scripts. They can do whatever the person who is signed in can do, and a mod that has any says so.
#scripts: [clock.js]
`;
}
