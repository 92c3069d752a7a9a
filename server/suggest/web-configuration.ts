import { SHIPPED_MANIFEST } from '../../injector/jellyfin/shipped-client.ts';
import type { Finding } from './finding.ts';
import { pictureAt } from './moved-file.ts';
import { PROPOSE } from './proposals.ts';

/** Recognises links in the menu and another default theme in `config.json` of the client. @throws {SyntaxError} when it is no JSON. */
export function recogniseConfig(text: string): Finding[] {
  const where = 'config.json';
  const { menuLinks, themes } = Object(JSON.parse(text)) as Record<string, unknown>;
  const links = listOf(menuLinks).flatMap(({ name, url, icon }): Finding[] => {
    if (typeof name !== 'string' || typeof url !== 'string') return [];
    const link = { name, url, ...(typeof icon === 'string' && icon !== '' ? { icon } : {}) };
    return [{ where, what: `has the link "${name}" in the menu`, proposal: PROPOSE.menuLink(link) }];
  });
  const usual = listOf(themes).find((theme) => theme['default'] === true)?.['id'];
  if (typeof usual !== 'string' || usual === 'dark') return links;
  return [
    ...links,
    { where, what: `makes ${usual} the usual theme`, proposal: PROPOSE.defaults({ appTheme: usual }) },
  ];
}

const NAMES = {
  name: 'name',
  shortName: 'short_name',
  description: 'description',
  themeColor: 'theme_color',
  backgroundColor: 'background_color',
} as const;

/** Recognises another name, look and icon of the installed app in the manifest. @throws {SyntaxError} when it is no JSON. */
export function recogniseManifest(text: string, where: string): Finding[] {
  const manifest = Object(JSON.parse(text)) as Record<string, unknown>;
  const own = Object.entries(NAMES).flatMap(([option, key]) => {
    const value = manifest[key];
    return typeof value === 'string' && value !== '' && value !== SHIPPED_MANIFEST[key]
      ? [[option, value]]
      : [];
  });
  const found: Finding[] = [];
  if (own.length > 0) {
    const name = manifest['name'];
    const options = {
      name: typeof name === 'string' ? name : SHIPPED_MANIFEST.name,
      ...Object.fromEntries(own),
    };
    found.push({ where, what: 'names the installed app', proposal: PROPOSE.appName(options) });
  }
  const icon = listOf(manifest['icons'])
    .map(({ src }) => src)
    .findLast(
      (src) =>
        typeof src === 'string' &&
        !/(?:^|\/)(?:touchicon\d*|[0-9a-f]{20})(?:\.[0-9a-f]{20})?\.png$/.test(src),
    );
  if (typeof icon === 'string') {
    const { file, advice } = pictureAt(icon);
    found.push({ where, what: 'sets the icon of the installed app', proposal: PROPOSE.icons(file), advice });
  }
  return found;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value)
    ? value
        .filter((one) => typeof one === 'object' && one !== null)
        .map((one) => one as Record<string, unknown>)
    : [];
}
