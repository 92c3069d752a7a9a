/** Why a PIN file cannot be used. */
export type PinFileFault =
  | 'empty'
  | 'half-written'
  | 'not-json'
  | 'null'
  | 'other-keys'
  | 'no-pin'
  | 'no-user'
  | 'no-date';

/** What the text of a PIN file says. */
export type ParsedPinFile =
  | {
      readonly kind: 'pin';
      readonly pin: string;
      /** As Jellyfin has stored it, whatever was typed. */
      readonly userName: string;
      /** Milliseconds since 1970. */
      readonly expiresAt: number;
      /** The end of an older text stands behind ours: we can read it, Jellyfin cannot. */
      readonly isBroken: boolean;
    }
  | {
      readonly kind: 'unusable';
      readonly fault: PinFileFault;
      /** Jellyfin fails on such a file, and with it on the PINs of everybody whose file comes after it. */
      readonly isInTheWay: boolean;
    };

/** What can be left of an older text: up to 10.10 a shorter one is written over a longer without cutting it. */
const LEFTOVER = /^[\d.Z"}\s]*$/;

const DATE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,16}))?)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Reads the text of a PIN file as Jellyfin writes it, and as it is found: with the tail of an older one (jellyfin issue
 * 14349), half written, empty, with a byte order mark. Never throws.
 *
 * Source: DefaultPasswordResetProvider.cs, 10.8.13 to 12.0; what fails there was seen live on all five.
 */
export function parsePinFile(text: string): ParsedPinFile {
  const body = text.replace(/^\ufeff/, '');
  if (/^[\s\0]*$/.test(body)) return unusable('empty', true);
  const end = endOfObject(body);
  if (end === undefined) return unusable(body.trim() === 'null' ? 'null' : faultOfText(body), true);
  const rest = body.slice(end);
  const isBroken = rest.trim() !== '';
  if (isBroken && !LEFTOVER.test(rest)) return unusable('not-json', true);
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(body.slice(0, end)) as Record<string, unknown>;
  } catch {
    return unusable('not-json', true);
  }
  return read(fields, isBroken);
}

function unusable(fault: PinFileFault, isInTheWay: boolean): ParsedPinFile {
  return { kind: 'unusable', fault, isInTheWay };
}

function faultOfText(body: string): PinFileFault {
  return body.trimStart().startsWith('{') ? 'half-written' : 'not-json';
}

/** Jellyfin compares names of keys with their letter case; without a date of its own such a file is expired to it. */
function read(fields: Record<string, unknown>, isBroken: boolean): ParsedPinFile {
  const { Pin, UserName, ExpirationDate } = fields;
  if (ExpirationDate === undefined) return unusable('other-keys', isBroken);
  const expiresAt = typeof ExpirationDate === 'string' ? readDotnetDate(ExpirationDate) : undefined;
  if (expiresAt === undefined) return unusable('no-date', true);
  if (typeof Pin !== 'string' || Pin.replaceAll('-', '') === '') return unusable('no-pin', true);
  if (typeof UserName !== 'string' || UserName.trim() === '') return unusable('no-user', isBroken);
  return { kind: 'pin', pin: Pin, userName: UserName, expiresAt, isBroken };
}

/**
 * Reads a date as .NET writes it: up to seven digits behind the second, and UTC also without a Z.
 *
 * @returns Milliseconds since 1970; undefined for what is no date.
 */
export function readDotnetDate(text: string): number | undefined {
  const parts = DATE.exec(text);
  if (parts === null) return undefined;
  const [, day, time = '00:00', second = '00', fraction = '0', zone = 'Z'] = parts;
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day; .NET refuses both.
  if (!isInCalendar(day) || time.startsWith('24')) return undefined;
  const at = Date.parse(`${day}T${time}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}

function isInCalendar(day = ''): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}

/** Where the first object of the text ends; undefined when it begins with none, or ends within it. */
function endOfObject(text: string): number | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (isInString && letter === '\\') at += 1;
    else if (letter === '"') isInString = !isInString;
    else if (!isInString && letter === '{') depth += 1;
    else if (!isInString && letter === '}') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
