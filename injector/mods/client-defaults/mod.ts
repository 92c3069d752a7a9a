import { z } from 'zod';
import {
  AUDIO_CHANNELS,
  AUDIO_NORMALIZATIONS,
  type ClientSetting,
  LAYOUTS,
  SCREENSAVERS,
  VIDEO_WIDTHS,
} from '../../jellyfin/client-settings.ts';
import { defineMod } from '../../kit/define-mod.ts';
import type { SettingDefaults } from '../../kit/setting-defaults.ts';

type Written = boolean | number | string;

/** A setting: its value alone, or with `force`; always both in the output. */
function setting<T extends z.ZodType<Written>>(value: T, description: string) {
  const forced = z.strictObject({
    value: value.meta({ description: 'What it is set to.' }),
    force: z.boolean().meta({
      description:
        'Whether it is so whatever a person chose. Who saves a page of settings in the client chooses all that is on it.',
    }),
  });
  return z
    .union([value, forced], { error: ({ input }) => sentenceFor(value, input) })
    .transform((written) =>
      typeof written === 'object'
        ? (written as { value: z.output<T>; force: boolean })
        : { value: written as z.output<T>, force: false },
    )
    .optional()
    .meta({ description });
}

/** What is wrong with a value is said by the value's own schema, not by the union of its two spellings. */
function sentenceFor(value: z.ZodType, input: unknown): string | undefined {
  if (typeof input === 'object') return undefined;
  return value.safeParse(input).error?.issues[0]?.message;
}

const yes = (description: string) => setting(z.boolean(), description);
const number = (least: number, most: number, description: string) =>
  setting(z.int().min(least).max(most), description);
const keysOf = <T extends object>(of: T) => Object.keys(of) as [keyof T & string];
const tag = z.string().regex(/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2}$/i, {
  error: 'must be a language as the client lists it, such as de, en-US or es_419',
});
const word = z.string().regex(/^[a-z0-9_-]{1,40}$/i, { error: 'must be an id, such as light' });

const options = z.strictObject({
  layout: setting(
    z.enum(keysOf(LAYOUTS)),
    'Layout: "legacy" is the one all versions up to 10.11 show and 12.0 has besides (desktop-legacy, on phones mobile-legacy), ' +
      '"modern" that of 12.0 (experimental on 10.9 to 10.11, nothing on 10.8); "desktop", "mobile" and "tv" are those of a ' +
      'kind of device. Televisions keep their own except with "tv". A change shows at the next reload.',
  ),
  language: setting(tag, "Language of the client. Without it the browser's own is taken."),
  datetimelocale: setting(
    tag,
    "Language in which dates and times are written. Default: the client's language.",
  ),
  appTheme: setting(
    word,
    'Id of a theme: dark, light, appletv, blueradiance, purplehaze, wmc, or one that config.json of the client has.',
  ),
  disableCustomCss: yes("Whether Jellyfin's own custom CSS is left out. It does not touch mods."),
  libraryPageSize: number(
    0,
    10_000,
    'Most items on one page of a library; 0 shows all. Default of the client: 100.',
  ),
  enableBackdrops: yes('Whether pictures of a library stand behind its pages. Default of the client: false.'),
  detailsBanner: yes(
    'Whether a banner shows on top of the page of a film or series. Default of the client: true.',
  ),
  blurhash: yes('Whether a blurred picture shows until the picture is there. Default of the client: true.'),
  fastFadein: yes('Whether pictures fade in quickly. Default of the client: true.'),
  enableThemeSongs: yes(
    'Whether theme songs play while a library is looked through. Default of the client: false.',
  ),
  enableThemeVideos: yes(
    'Whether theme videos play behind the page of a film or series. Default of the client: false.',
  ),
  maxDaysForNextUp: number(
    0,
    10_000,
    'Days a series stays in Next Up after it was last watched; 0 for ever. Default of the client: 365.',
  ),
  enableRewatchingInNextUp: yes(
    'Whether episodes that were watched show in Next Up. Default of the client: false.',
  ),
  screensaver: setting(
    z.enum(keysOf(SCREENSAVERS)),
    'Screensaver: "none", "backdrops" (pictures of the libraries) or "logo". Default of the client: none.',
  ),
  screensaverTime: number(
    1,
    86_400,
    'Seconds without a press after which the screensaver starts (10.9 and later). Default of the client: 180.',
  ),
  backdropScreensaverInterval: number(
    1,
    3_600,
    'Seconds a picture of the screensaver stays. Default of the client: 5.',
  ),
  slideshowInterval: number(
    1,
    3_600,
    'Seconds a picture of a slideshow stays (12.0). Default of the client: 5.',
  ),
  enableCinemaMode: yes('Whether trailers and intros play before a film. Default of the client: true.'),
  enableNextVideoInfoOverlay: yes(
    'Whether the next episode is announced over the end of this one. Default of the client: true.',
  ),
  enableVideoRemainingTime: yes(
    'Whether the player shows the time that is left, not the length (10.9 and later). Default of the client: true.',
  ),
  allowedAudioChannels: setting(
    z.literal(['all', 'mono', 'stereo', 5.1, 7.1]),
    'Most audio channels that are played as they are: all, mono, stereo, 5.1 or 7.1. Default of the client: all.',
  ),
  selectAudioNormalization: setting(
    z.enum(keysOf(AUDIO_NORMALIZATIONS)),
    'How loudness of music is evened out: "off", "track" or "album" (10.9 and later). Default of the client: track.',
  ),
  preferFmp4HlsContainer: yes(
    'Whether video is sent in fMP4, not in MPEG-TS. Default of the client: true in most browsers, false on 10.8.',
  ),
  limitSegmentLength: yes(
    'Whether pieces of video are kept short (10.11 and later). Default of the client: false.',
  ),
  maxVideoWidth: setting(
    z.literal(['auto', 'screen', 640, 852, 1280, 1920, 3840, 7680]),
    'Widest video that is asked for, in pixels: auto, screen, 640, 852, 1280, 1920, 3840 or 7680 (10.9 and later). Default of the client: auto.',
  ),
  enableGamepad: yes('Whether a gamepad moves through the client. Default of the client: false.'),
  enableAutoLogin: yes('Whether Remember Me is ticked on the login page. Default of the client: true.'),
} satisfies { readonly [S in ClientSetting]: z.ZodType });

/** What words of ours are called in the client; everything else is kept there as it is written. */
const WORDS: { readonly [S in ClientSetting]?: { readonly [word: string]: string } } = {
  screensaver: SCREENSAVERS,
  allowedAudioChannels: AUDIO_CHANNELS,
  selectAudioNormalization: AUDIO_NORMALIZATIONS,
  maxVideoWidth: VIDEO_WIDTHS,
};

/** Sets what the client is like where a person has chosen nothing, without writing anything into the browser. */
export const clientDefaults = defineMod({
  name: 'client-defaults',
  title: 'Settings of the client where people chose nothing',
  jellyfin: '>=10.8 <13',
  options,
  example: {
    layout: 'legacy',
    language: 'de',
    datetimelocale: 'de',
    appTheme: 'light',
    disableCustomCss: false,
    libraryPageSize: 50,
    enableBackdrops: { value: true, force: true },
    detailsBanner: false,
    blurhash: false,
    fastFadein: false,
    enableThemeSongs: true,
    enableThemeVideos: true,
    maxDaysForNextUp: 90,
    enableRewatchingInNextUp: true,
    screensaver: 'backdrops',
    screensaverTime: 600,
    backdropScreensaverInterval: 20,
    slideshowInterval: 10,
    enableCinemaMode: false,
    enableNextVideoInfoOverlay: false,
    enableVideoRemainingTime: false,
    allowedAudioChannels: 'stereo',
    selectAudioNormalization: 'album',
    preferFmp4HlsContainer: false,
    limitSegmentLength: true,
    maxVideoWidth: 1920,
    enableGamepad: true,
    enableAutoLogin: false,
  },
  hooks(written) {
    const { layout, ...others } = written;
    const plain = Object.entries(others).flatMap(([name, one]) => {
      if (one === undefined) return [];
      const { value, force } = one;
      const text = String(value);
      return [[name, { value: WORDS[name as ClientSetting]?.[text] ?? text, isForced: force }] as const];
    });
    const defaults: SettingDefaults = Object.fromEntries(plain);
    if (layout === undefined) return { defaults };
    const wanted = LAYOUTS[layout.value].filter((one) => layout.force || !('isUsual' in one));
    const layouts = wanted.map(({ jellyfin, value }) => ({ jellyfin, value, isForced: layout.force }));
    return { defaults: { ...defaults, layout: layouts } };
  },
});
