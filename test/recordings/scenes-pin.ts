import type { Scene, Stage } from './stage.ts';

const LATER = '2099-01-01T00:00:00Z';

function pinOf({ exchange }: Stage): string {
  return Object.values(JSON.parse(exchange.requestBody ?? '{}') as Record<string, string>)[0] ?? '';
}

/** The PIN as the file has it: four pairs of upper-case digits. */
function inFile(typed: string): string {
  return typed.replaceAll('-', '').toUpperCase().replace(/(..)(?!$)/g, '$1-');
}

function file(pin: string, user: string, expires = LATER): Record<string, string> {
  return { Pin: pin, UserName: user, PinFile: '', ExpirationDate: expires };
}

function planted(name: string, content: (stage: Stage) => unknown): Scene {
  return { prepare: (stage) => stage.plant(name, content(stage)) };
}

const RIGHT = planted('passwordreset-right.json', (stage) => file(inFile(pinOf(stage)), 'alice'));
const TYPED = planted('passwordreset-right.json', (stage) => file(pinOf(stage), 'bob'));

/** PIN files as they lay in the data folder when the PIN was typed. */
export const PIN_SCENES: readonly (readonly [RegExp, Scene])[] = [
  [/^pin-(right|without-dashes|right-.*|lowercase)$/, RIGHT],
  [/^pin-expired/, planted('passwordreset-old.json', (stage) => file(pinOf(stage), 'alice', '2001-01-01T00:00:00Z'))],
  [/^pin-(planted-file|two-files-same-pin|two-users|malformed-file|null-file|file-without-pin)$/, TYPED],
  [/^pin-two-files-same-pin$/, planted('passwordreset-2.json', (stage) => file(pinOf(stage), 'alice'))],
  [/^pin-two-users$/, planted('passwordreset-2.json', (stage) => file(pinOf(stage), 'CAROL'))],
  [/^pin-(user-missing-404|missing-user)$/, planted('passwordreset-x.json', (stage) => file(pinOf(stage), 'gone'))],
  [/^pin-of-renamed-user$/, planted('passwordreset-x.json', (stage) => file(pinOf(stage), 'root'))],
  [/^pin-(file-malformed|malformed-file)$/, planted('passwordreset-0bad.json', () => '{"Pin":')],
  [/^pin-null-file$/, planted('passwordreset-null.json', () => 'null')],
  [/^pin-file-without-pin$/, planted('passwordreset-y.json', () => ({ UserName: 'bob', ExpirationDate: LATER }))],
  [
    /^pin-file-with-trailing-brace/,
    planted('passwordreset-brace.json', (stage) => `${JSON.stringify(file(pinOf(stage), 'alice'))}}`),
  ],
  [/^pin-lowercase-letters$/, planted('passwordreset-up.json', () => file('AB-CD-EF-12', 'alice'))],
];
