import type { Channel } from '../../../server/ports/channel.ts';
import { PAGER, type startPager } from './pager-channel.ts';

/** One side of a pager, as `startPager` gives it. */
export type Pager = Awaited<ReturnType<typeof startPager>>;

/** A channel of its own name over a pager. */
export async function pagerChannel(name: string, { url }: Pick<Pager, 'url'>): Promise<Channel> {
  return { ...(await PAGER.create({ url }, { publicUrl: 'https://media.example.org' })), name };
}
