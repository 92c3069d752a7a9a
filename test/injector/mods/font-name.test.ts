import { expect, it } from 'vitest';
import { readFontName } from '../../../injector/mods/fonts/font-name.ts';

it.each([
  ['Inter-Bold.woff2', 'Inter', 'woff2', '700', 'normal'],
  ['Inter-Italic-700.woff2', 'Inter', 'woff2', '700', 'italic'],
  ['Inter-700Italic.woff2', 'Inter', 'woff2', '700', 'italic'],
  ['Inter.woff', 'Inter', 'woff', '400', 'normal'],
  ['Open_Sans-SemiBoldItalic.TTF', 'Open Sans', 'truetype', '600', 'italic'],
  ['OpenSans-ExtraBold-webfont.otf', 'OpenSans', 'opentype', '800', 'normal'],
  ['Lato-UltraLight.woff2', 'Lato', 'woff2', '200', 'normal'],
  ['Lato-Thin.woff2', 'Lato', 'woff2', '100', 'normal'],
  ['Lato-LightOblique.woff2', 'Lato', 'woff2', '300', 'italic'],
  ['Lato-Black.woff2', 'Lato', 'woff2', '900', 'normal'],
  ['roboto-v30-latin-500italic.woff2', 'roboto', 'woff2', '500', 'italic'],
  ['Inter[opsz,wght].ttf', 'Inter', 'truetype', '100 900', 'normal'],
  ['Inter-Italic[wght].ttf', 'Inter', 'truetype', '100 900', 'italic'],
  ['Inter-VariableFont_wght.ttf', 'Inter', 'truetype', '100 900', 'normal'],
  ['sub folder/Inter-Medium.woff2', 'Inter', 'woff2', '500', 'normal'],
  // A family that is called after a weight is not of that weight.
  ['Blackletter-Regular.woff2', 'Blackletter', 'woff2', '400', 'normal'],
  ['"};x{\'.woff2', 'x', 'woff2', '400', 'normal'],
  ['-Bold.woff2', 'Font', 'woff2', '700', 'normal'],
  ['', 'Font', 'woff2', '400', 'normal'],
])('%s is %s, %s, of weight %s and %s', (name, family, format, weight, style) => {
  expect(readFontName(name)).toEqual({ family, format, weight, style });
});
