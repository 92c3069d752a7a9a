import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createUpstream, type Upstream } from '../../injector/upstream/upstream.ts';
import { readMailServer } from '../channels/mail-server.ts';
import { isSendmail } from '../config/mail-url.ts';
import type { ResetConfig } from '../config/reset-config.ts';
import { type Finding, failed, fine, warning } from './finding.ts';

const NAME = 'clock';

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5_000;

/** Differences in milliseconds: what answers take and headers round is less; a PIN of Jellyfin's is good for half an hour. */
const WARN_MS = 30_000;
const FAIL_MS = 5 * 60_000;

/** A clock that was read elsewhere, and ours at that moment. */
export interface ClockReading {
  /** Whose it is, as `Jellyfin`. */
  readonly whose: string;
  readonly theirs: number;
  readonly ours: number;
}

/** Compares clocks; undefined where nobody tells theirs. The one that is furthest off counts. */
export function compareClocks(readings: readonly ClockReading[]): Finding | undefined {
  const [worst] = [...readings].sort((a, b) => Math.abs(b.theirs - b.ours) - Math.abs(a.theirs - a.ours));
  if (worst === undefined) return undefined;
  const off = worst.theirs - worst.ours;
  const names = readings.map(({ whose }) => whose).join(' and ');
  if (Math.abs(off) < WARN_MS) return fine(NAME, `The clock of this machine is that of ${names}.`);
  const seconds = Math.round(Math.abs(off) / 1000);
  const amount = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  const says = `The clock of ${worst.whose} is ${amount} ${off > 0 ? 'ahead of' : 'behind'} this machine's: links and PINs end too early or too late for everybody, and mails look as if from another time.`;
  const fix =
    'Let every machine set its clock by the network: timedatectl set-ntp true; in a virtual machine that of the host. timedatectl shows which one is wrong.';
  return Math.abs(off) >= FAIL_MS ? failed(NAME, says, fix) : warning(NAME, says, fix);
}

/** Compares this machine's clock with Jellyfin's and, where it tells it in its greeting, the mail server's. Never rejects. */
export async function checkClock(
  jellyfin: { readonly url: string; readonly ca: string | undefined },
  reset: ResetConfig | undefined,
): Promise<Finding | undefined> {
  const readings = await Promise.all([readJellyfin(jellyfin), readMail(reset)]);
  return compareClocks(readings.filter((reading) => reading !== undefined));
}

/** By the `Date` header, which Kestrel sends with every answer. Source: RFC 9110 section 6.6.1. */
async function readJellyfin({
  url,
  ca,
}: {
  readonly url: string;
  readonly ca: string | undefined;
}): Promise<ClockReading | undefined> {
  let upstream: Upstream | undefined;
  try {
    upstream = createUpstream(url, ca);
    const path = `${upstream.basePath}/System/Ping`;
    const { headers } = await upstream.ask({ path, headers: {}, timeoutMs: ANSWER_MS });
    return readingOf('Jellyfin', headers['date']);
  } catch {
    // The finding about Jellyfin says why.
    return undefined;
  } finally {
    await upstream?.client.close();
  }
}

function readMail(reset: ResetConfig | undefined): Promise<ClockReading | undefined> {
  const { url = 'sendmail:' } = (reset?.channels['email'] ?? {}) as { url?: string };
  if (isSendmail(url)) return Promise.resolve(undefined);
  const { host, port, secure } = readMailServer(url);
  return new Promise((resolve) => {
    // Nothing is sent but QUIT, so the certificate need not be looked at.
    const socket = secure
      ? connectTls({ host, port, rejectUnauthorized: false })
      : connectPlain({ host, port });
    socket.setTimeout(ANSWER_MS, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('data', (part) => {
      socket.end('QUIT\r\n');
      end(readingOf('the mail server', dateIn(part.toString('latin1').slice(0, 512))));
    });
    function end(reading: ClockReading | undefined): void {
      resolve(reading);
      if (reading === undefined) socket.destroy();
      else socket.destroySoon();
    }
  });
}

/** Exim, Sendmail and Exchange tell it in their greeting, as mails do. Source: RFC 5322 section 3.3. */
function dateIn(greeting: string): string | undefined {
  return /\b\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}/.exec(greeting)?.[0];
}

function readingOf(whose: string, date: string | undefined): ClockReading | undefined {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? undefined : { whose, theirs, ours: Date.now() };
}
