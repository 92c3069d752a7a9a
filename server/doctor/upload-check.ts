import { askPublic } from './ask-public.ts';
import { type Finding, fine, skipped, warning } from './finding.ts';

const NAME = 'upload-size';

/** What is announced, in bytes: pictures of films and backgrounds are mostly smaller. `gatehouse nginx` lets 20 MiB through. */
const ANNOUNCED = 16 * 1024 * 1024;

/** Proxies that refuse by size do so at once; one that is silent waits for what was announced. In milliseconds. */
const ANSWER_MS = 2_000;

/**
 * Announces a large upload through `public.url`, and sends none of it: a proxy with a limit refuses it by its size alone. It is
 * for a path that Jellyfin takes no upload at, and nobody signs in, so nothing happens by it. Never rejects.
 */
export async function checkUpload(publicUrl: string): Promise<Finding> {
  const answer = await askPublic(`${publicUrl}/System/Info/Public`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream', 'Content-Length': ANNOUNCED },
    timeoutMs: ANSWER_MS,
    isHeadOnly: true,
  });
  const size = `${ANNOUNCED / 1024 / 1024} MB`;
  if (answer !== 'silence' && 'fault' in answer)
    return skipped(NAME, `An upload through ${publicUrl} could not be tried (${answer.fault}).`);
  if (answer === 'silence' || answer.status !== 413)
    return fine(NAME, `${publicUrl} takes uploads of ${size}.`);
  return warning(
    NAME,
    `${publicUrl} refuses uploads of ${size} (status 413): pictures and subtitles that people upload fail with an error.`,
    'Let the proxy take them: nginx: client_max_body_size 20m (gatehouse nginx writes it); Apache: LimitRequestBody; Traefik: the buffering middleware; Cloudflare takes 100 MB by itself.',
  );
}
