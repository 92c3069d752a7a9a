import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { readText } from './files.ts';
import type { DkimOptions } from './sections/mail-dkim.ts';

const MAX_KEY_BYTES = 16 * 1024;
const MAX_TOKEN_BYTES = 16 * 1024;

/** Largest logo, in bytes: it is in every mail. */
const MAX_LOGO_BYTES = 100_000;

/** Smallest RSA key that receivers count. Source: RFC 8301 section 3.2. */
const MIN_KEY_BITS = 1024;

/** What was read, or the end of a sentence that begins with the field. */
type Read<Value> = { readonly value: Value } | { readonly fault: string };

/** The fields of `mail` that name files, as the section gives them, with absolute paths. */
export interface MailFiles {
  readonly dkim?: DkimOptions | undefined;
  readonly oauth2?: { readonly refreshTokenFile?: string | undefined } | undefined;
  readonly logoFile?: string | undefined;
}

/** Looks at what `mail` names besides the server: the key of DKIM, the refresh token, the logo. Never rejects. */
export async function checkMailFiles(
  mail: MailFiles,
): Promise<readonly { readonly path: readonly string[]; readonly message: string }[]> {
  const { dkim, logoFile } = mail;
  const tokenFile = mail.oauth2?.refreshTokenFile;
  const asked = [
    dkim === undefined
      ? undefined
      : { path: ['dkim', dkim.keyFile === undefined ? 'key' : 'keyFile'], read: await readDkimKey(dkim) },
    tokenFile === undefined
      ? undefined
      : { path: ['oauth2', 'refreshTokenFile'], read: await readRefreshToken(tokenFile) },
    logoFile === undefined ? undefined : { path: ['logoFile'], read: await readLogo(logoFile) },
  ];
  return asked.flatMap((one) =>
    one !== undefined && 'fault' in one.read ? [{ path: one.path, message: one.read.fault }] : [],
  );
}

/** Reads the private key that signs mails. */
export async function readDkimKey({ key, keyFile }: DkimOptions): Promise<Read<string>> {
  if (keyFile === undefined) return checkKey(key ?? '', '');
  const read = await readText(keyFile, MAX_KEY_BYTES);
  return 'fault' in read ? { fault: `${keyFile} ${plain(read.fault)}` } : checkKey(read.text, `${keyFile} `);
}

function checkKey(pem: string, place: string): Read<string> {
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem))
    return { fault: `${place}is the public key, which belongs into DNS; name the private one` };
  if (/ENCRYPTED/.test(pem))
    return { fault: `${place}is locked with a passphrase; openssl pkey -in FILE -out NEW-FILE takes it off` };
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return {
      fault: `${place}is no private key in PEM (-----BEGIN PRIVATE KEY-----); openssl genrsa 2048 makes one`,
    };
  }
  if (key.asymmetricKeyType !== 'rsa')
    return {
      fault: `${place}is no RSA key but ${String(key.asymmetricKeyType)}, which few receivers know; openssl genrsa 2048 makes one`,
    };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < MIN_KEY_BITS
    ? {
        fault: `${place}has only ${bits} bits, which receivers do not count; openssl genrsa 2048 makes a better one`,
      }
    : { value: pem };
}

/** The value of the DNS record that belongs to a private key. Source: RFC 6376 section 3.6.1. */
export function dkimRecord(privateKey: string): string {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return `v=DKIM1; k=rsa; p=${der.toString('base64')}`;
}

/** Reads a refresh token, without the line end. */
export async function readRefreshToken(path: string): Promise<Read<string>> {
  const read = await readText(path, MAX_TOKEN_BYTES);
  if ('fault' in read) return { fault: `${path} ${plain(read.fault)}` };
  const token = read.text.trim();
  if (token === '') return { fault: `${path} is empty; docs/mail.md says how to get a refresh token` };
  return /^[\x21-\x7e]{1,8192}$/.test(token)
    ? { value: token }
    : { fault: `${path} holds no refresh token, which is one word; was it copied whole, and nothing else?` };
}

/** A picture that may be in a mail. */
export interface Logo {
  readonly bytes: Buffer;
  readonly type: 'image/png' | 'image/jpeg';
}

/** Reads the logo; what it is its first bytes say, not its name. Source: PNG (ISO 15948) section 5.2; JPEG (ISO 10918-1) B.1.1.3. */
export async function readLogo(path: string): Promise<Read<Logo>> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return { fault: `${path} is not a file` };
    if (found.size > MAX_LOGO_BYTES)
      return {
        fault: `${path} has ${Math.ceil(found.size / 1000)} kB, and every mail would carry them; make it at most 100 kB`,
      };
    const bytes = await readFile(path);
    if (bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')))
      return { value: { bytes, type: 'image/png' } };
    if (bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')))
      return { value: { bytes, type: 'image/jpeg' } };
    return { fault: `${path} is neither PNG nor JPEG, which are what every mail program shows` };
  } catch {
    return { fault: `${path} cannot be read; is the path right, and may this user read it?` };
  }
}

/** What is wrong with a file, without the option that names another configuration. */
function plain(fault: string): string {
  return fault.split('; make it', 1)[0] ?? fault;
}
