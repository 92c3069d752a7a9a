import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { sendmailPath } from '../config/mail-url.ts';
import { systemCode } from '../errors/system-code.ts';
import type { SendOutcome } from '../ports/channel.ts';
import { quoted } from './smtp-faults.ts';

/** How much of what the program says is kept. */
const MAX_SAID = 2048;

/** What an exit code means for the message. `unreachable`: for all of them. Source: sysexits.h of BSD; sendmail(8). */
type Meaning = { readonly kind: 'permanent' | 'temporary' | 'unreachable'; readonly says: string };

const THEIR_TROUBLE = 'has trouble of its own; its log says more';

const EXIT_CODES: { readonly [code: number]: Meaning } = {
  // EX_USAGE
  64: { kind: 'unreachable', says: 'does not understand -i -f SENDER -- RECIPIENT; name another program' },
  // EX_DATAERR
  65: { kind: 'permanent', says: 'does not take the message as it is' },
  // EX_NOINPUT
  66: { kind: 'unreachable', says: THEIR_TROUBLE },
  // EX_NOUSER
  67: { kind: 'permanent', says: 'knows no such recipient' },
  // EX_NOHOST
  68: { kind: 'permanent', says: "knows no such domain as the recipient's" },
  // EX_UNAVAILABLE
  69: { kind: 'unreachable', says: 'cannot send now; its log says more' },
  // EX_SOFTWARE, EX_OSERR, EX_OSFILE, EX_CANTCREAT, EX_IOERR
  70: { kind: 'unreachable', says: THEIR_TROUBLE },
  71: { kind: 'unreachable', says: THEIR_TROUBLE },
  72: { kind: 'unreachable', says: THEIR_TROUBLE },
  73: { kind: 'unreachable', says: THEIR_TROUBLE },
  74: { kind: 'unreachable', says: THEIR_TROUBLE },
  // EX_TEMPFAIL
  75: { kind: 'temporary', says: 'cannot take the message now' },
  // EX_PROTOCOL
  76: { kind: 'unreachable', says: THEIR_TROUBLE },
  // EX_NOPERM
  77: { kind: 'unreachable', says: 'does not let the user Gatehouse runs as send mail; allow that user' },
  // EX_CONFIG
  78: { kind: 'unreachable', says: 'is not set up right; its log says more' },
};

/** No such recipient, or domain, will be there for the next message either. */
const ADDRESS_CODES: readonly number[] = [67, 68];

/** What an exit code of sendmail means. */
export function outcomeOfExit(code: number, path: string, said: string): SendOutcome {
  if (code === 0) return { kind: 'sent' };
  const { kind, says } = EXIT_CODES[code] ?? { kind: 'unreachable', says: 'failed' };
  const detail = `${path} ${says} (exit code ${code}${said === '' ? '' : `: ${quoted(said)}`}).`;
  if (kind === 'permanent' && ADDRESS_CODES.includes(code)) return { kind, detail, isAddressRefused: true };
  return { kind, detail };
}

/** Sends mails by a program of this machine. */
export interface Sendmail {
  /** Looks whether the program is there and may be run; whether it can send shows only when it does. */
  check(): Promise<SendOutcome>;
  /**
   * Hands one mail over. Never rejects.
   *
   * @param mail Its bytes, with CRLF.
   */
  send(
    mail: Buffer,
    envelope: { readonly from: string; readonly to: string },
    signal: AbortSignal,
  ): Promise<SendOutcome>;
}

/** Makes the way through the program that `mail.url` names. */
export function createSendmail(url: string): Sendmail {
  const path = sendmailPath(url);
  return {
    async check() {
      try {
        await access(path, constants.X_OK);
        return { kind: 'sent' };
      } catch (error) {
        return notRun(path, error);
      }
    },
    send: (mail, { from, to }, signal) => run(path, ['-i', '-f', from, '--', to], mail, signal),
  };
}

/**
 * Runs it, without a shell. What is behind `--` is an address, whatever it begins with; `-i` lets a line with one dot be a
 * line. It is told none of our secrets, and has no say in where it runs.
 */
function run(
  path: string,
  options: readonly string[],
  mail: Buffer,
  signal: AbortSignal,
): Promise<SendOutcome> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'unreachable', detail: `${path} was not asked in time.` });
    let said = '';
    let isWhole = false;
    const child = spawn(path, options, { cwd: '/', env: ownEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] });
    const stop = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', stop, { once: true });
    const hear = (chunk: Buffer): void => {
      if (said.length < MAX_SAID) said += chunk.toString('utf8').slice(0, MAX_SAID - said.length);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => resolve(notRun(path, error)));
    child.once('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      if (code === 0 && !isWhole) {
        const detail = `${path} ended before it had read the message; its log says more.`;
        return resolve({ kind: 'unreachable', detail });
      }
      if (code !== null) return resolve(outcomeOfExit(code, path, said));
      const detail = `${path} did not end by itself (${String(killedBy)})`;
      if (!isWhole) return resolve({ kind: 'unreachable', detail: `${detail}; its log says more.` });
      resolve({
        kind: 'unconfirmed',
        detail: `${detail} and had the whole message, so it may have arrived.`,
      });
    });
    child.stdin.on('error', () => undefined);
    // As files of Unix have it; it makes CRLF of it again.
    child.stdin.end(Buffer.from(mail.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'), () => {
      isWhole = true;
    });
  });
}

/** What it needs to find its own files, and nothing of ours. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const usual = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };
  try {
    const { homedir, username } = userInfo();
    return { ...usual, HOME: homedir, LOGNAME: username, USER: username };
  } catch {
    // A user without a name, as containers may have.
    return usual;
  }
}

function notRun(path: string, error: unknown): SendOutcome {
  const code = systemCode(error) ?? 'unknown error';
  const why =
    code === 'ENOENT'
      ? 'is not there; install a mail server that has it (the container image has none), or name a mail server in mail.url'
      : `cannot be run (${code}); let the user Gatehouse runs as do that`;
  return { kind: 'unreachable', detail: `${path}, which mail.url names, ${why}.` };
}
