/** Red, green, blue from 0 to 255, and alpha from 0 to 1. */
type Channels = readonly [red: number, green: number, blue: number, alpha: number];

/** How much of a colour covers what is behind it, from 0 to 1; undefined for what is not known as a colour. */
export const alphaOf = (text: string): number | undefined => readColour(text)?.[3];

/** Whether words on it would be white. What is not known counts as dark, as Jellyfin's own theme is. */
export function isDark(text: string): boolean {
  const [red, green, blue] = readColour(text) ?? [0, 0, 0];
  return red * 0.3 + green * 0.6 + blue * 0.1 < 128;
}

/** Reads hex digits, `rgb()`, `rgba()` and `transparent`. Source: CSS Color 4, sections 4.1 and 5.1 to 5.2. */
function readColour(text: string): Channels | undefined {
  const plain = text.trim().toLowerCase();
  if (plain === 'transparent') return [0, 0, 0, 0];
  if (plain === 'black') return [0, 0, 0, 1];
  if (plain === 'white') return [255, 255, 255, 1];
  const digits = /^#([0-9a-f]{3,8})$/.exec(plain)?.[1];
  if (digits !== undefined) {
    const pairs = digits.length < 5 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0, alpha = 255] = pairs.map((pair) => Number.parseInt(pair, 16));
    return [3, 4, 6, 8].includes(digits.length) ? [red, green, blue, alpha / 255] : undefined;
  }
  const inside = /^rgba?\(([0-9., /%]{5,60})\)$/.exec(plain)?.[1];
  if (inside === undefined) return undefined;
  const [red, green, blue, alpha = '1'] = inside.split(/[ ,/]+/).filter((part) => part !== '');
  const share = alpha.endsWith('%') ? Number(alpha.slice(0, -1)) / 100 : Number(alpha);
  const channels = [red, green, blue, share].map(Number);
  if (channels.some((channel) => !Number.isFinite(channel))) return undefined;
  const [r = 0, g = 0, b = 0, a = 1] = channels;
  return [r, g, b, Math.min(1, Math.max(0, a))];
}
