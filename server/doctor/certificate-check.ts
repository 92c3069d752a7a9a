import { connect, type PeerCertificate } from 'node:tls';
import { type Finding, failed, fine, warning } from './finding.ts';

const NAME = 'certificate';

/** How long the handshake may take, in milliseconds. */
const HANDSHAKE_MS = 5_000;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Let's Encrypt's are made anew 30 days before their end, and of shorter ones a third before; below this nobody did. */
const SOON_DAYS = 10;

/** What is known of a certificate that was shown. */
interface Shown {
  readonly certificate: PeerCertificate;
  /** The code of why it is not trusted. */
  readonly distrust: string | undefined;
}

/**
 * Looks at the certificate people see at `public.url`: whether browsers trust it for that name, and how long it is good.
 * Undefined where that is no https. Never rejects.
 *
 * @param about.ca PEM, in place of the authorities of this machine.
 */
export async function checkCertificate(
  publicUrl: string | undefined,
  about: { readonly now?: () => number; readonly ca?: string } = {},
): Promise<Finding | undefined> {
  if (publicUrl?.startsWith('https:') !== true) return undefined;
  const { hostname, port, host } = new URL(publicUrl);
  const shown = await look(hostname.replace(/^\[(.*)\]$/, '$1'), port === '' ? 443 : Number(port), about.ca);
  if (typeof shown === 'string') {
    const fix = `Let the proxy in front speak https for ${hostname} on that port, or correct public.url.`;
    return failed(
      NAME,
      `Nobody shows a certificate at ${host} (${shown}): people cannot open the page.`,
      fix,
    );
  }
  const end = Date.parse(shown.certificate.valid_to);
  const days = Math.floor((end - (about.now ?? Date.now)()) / DAY_MS);
  const until = Number.isNaN(end) ? 'an unknown day' : new Date(end).toISOString().slice(0, 10);
  if (days < 0) {
    const says = `The certificate of ${host} ended on ${until}: browsers warn everybody, and apps refuse to connect.`;
    return failed(NAME, says, RENEW);
  }
  if (shown.distrust !== undefined) return failed(NAME, ...explain(host, hostname, shown.distrust));
  if (days < SOON_DAYS) {
    const left = days === 1 ? '1 day' : `${days} days`;
    const says = `The certificate of ${host} is good until ${until} only (${left}): nobody has made it anew, and then browsers warn everybody.`;
    return warning(NAME, says, RENEW);
  }
  return fine(NAME, `The certificate of ${host} is trusted, and good until ${until}.`);
}

const RENEW =
  'Run the renewal of the proxy in front by hand and read what it says (certbot renew; Caddy and Traefik: their log), then reload the proxy.';

/** What is said, and what to do. Source of the codes: Node, "X509 certificate error codes". */
function explain(host: string, hostname: string, code: string): [says: string, fix: string] {
  const harm = 'browsers warn everybody, and apps refuse to connect';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return [
      `The certificate of ${host} is for other names: ${harm}.`,
      `Get one for ${hostname}, or write the name it is for to public.url.`,
    ];
  if (code === 'UNABLE_TO_VERIFY_LEAF_SIGNATURE')
    return [
      `${host} shows its certificate without the one between it and the authority: some browsers and most apps refuse it.`,
      'Let the proxy send the whole chain, such as fullchain.pem in place of cert.pem.',
    ];
  return [
    `This machine does not trust the certificate of ${host} (${code}): where others do not either, ${harm}.`,
    'Get one from an authority that browsers know, such as Let’s Encrypt; one of your own must be installed on every device, and here (NODE_EXTRA_CA_CERTS).',
  ];
}

function look(host: string, port: number, ca: string | undefined): Promise<Shown | string> {
  return new Promise((resolve) => {
    const options = { host, port, servername: /^[\d.]+$|:/.test(host) ? '' : host };
    // It is looked at whatever it is; nothing is sent.
    const socket = connect({ ...options, rejectUnauthorized: false, ...(ca === undefined ? {} : { ca }) });
    socket.setTimeout(HANDSHAKE_MS, () => end(`no answer within ${HANDSHAKE_MS / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.once('secureConnect', () => {
      const { authorizationError: fault } = socket as {
        authorizationError: Error | string | null | undefined;
      };
      const code = fault instanceof Error && 'code' in fault ? String(fault.code) : fault?.toString();
      end({ certificate: socket.getPeerCertificate(), distrust: code });
    });
    function end(found: Shown | string): void {
      socket.destroy();
      resolve(found);
    }
  });
}
