import { describe, expect, it } from 'vitest';
import { recogniseConfig, recogniseManifest } from '../../../server/suggest/web-configuration.ts';

const options = (found: ReturnType<typeof recogniseConfig>) => found.map(({ proposal }) => proposal?.options);
const THEMES = [
  { name: 'Dark', id: 'dark', default: true },
  { name: 'Light', id: 'light' },
];

describe('config.json', () => {
  it('has links in the menu', () => {
    const menuLinks = [
      { name: 'Requests', url: 'https://requests.example.org', icon: 'attach_money' },
      { name: 'Help', url: 'https://help.example.org' },
    ];
    const text = JSON.stringify({ menuLinks, themes: THEMES });
    expect(options(recogniseConfig(text))).toEqual(menuLinks.map((link) => ({ links: [link] })));
  });

  it('has another usual theme', () => {
    const themes = THEMES.map(({ default: _, ...theme }) => ({ ...theme, default: theme.id === 'light' }));
    expect(options(recogniseConfig(JSON.stringify({ themes })))).toEqual([{ appTheme: 'light' }]);
  });

  it.each([
    '{}',
    'null',
    '{"menuLinks":[null,{"name":1}],"themes":"x"}',
    JSON.stringify({ menuLinks: [], themes: THEMES }),
  ])('has nothing to say: %s', (text) => {
    expect(recogniseConfig(text)).toEqual([]);
  });
});

describe('the manifest', () => {
  const SHIPPED = {
    name: 'Jellyfin',
    short_name: 'Jellyfin',
    description: 'The Free Software Media System',
    theme_color: '#101010',
    background_color: '#101010',
  };
  const icons = (src: string) => [{ sizes: '512x512', src, type: 'image/png' }];

  it.each([
    'touchicon512.png',
    'favicons/touchicon512.png',
    'f5bbb798cb2c65908633.png',
    'touchicon.f5bbb798cb2c65908633.png',
  ])('has nothing to say as it is shipped, with %s', (src) => {
    expect(recogniseManifest(JSON.stringify({ ...SHIPPED, icons: icons(src) }), 'manifest.json')).toEqual([]);
  });

  it('has a name, words and colours of its own, and only these are proposed', () => {
    const changed = { ...SHIPPED, name: 'Ada’s films', description: 'Films of Ada', theme_color: '#201030' };
    expect(options(recogniseManifest(JSON.stringify(changed), 'manifest.json'))).toEqual([
      { name: 'Ada’s films', description: 'Films of Ada', themeColor: '#201030' },
    ]);
  });

  it('has an icon of its own', () => {
    const changed = { ...SHIPPED, icons: icons('/web/ours.png') };
    expect(options(recogniseManifest(JSON.stringify(changed), 'manifest.json'))).toEqual([
      { picture: 'pictures/ours.png' },
    ]);
  });
});
