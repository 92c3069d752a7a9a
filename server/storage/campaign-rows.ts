import type { CampaignCounts, CampaignLook } from '../ports/campaigns.ts';
import { MOST_CAMPAIGN_UNDER_WAY } from '../ports/campaigns.ts';
import { integer, type Row, text } from './rows.ts';

/** Reads what was counted of a channel: `waiting`, `due`, `under_way`. */
export function toCampaignLook(row: Row): CampaignLook {
  const isFull = integer(row, 'under_way') >= MOST_CAMPAIGN_UNDER_WAY;
  return { isWaiting: integer(row, 'waiting') > 0, isBusy: isFull || integer(row, 'due') > 0 };
}

/**
 * Adds up what became of a campaign.
 *
 * @param messages Rows with `many` and the state as `key`.
 * @param links Rows with `many` and as `key` the kind, then `used`, `expired`, `open` or `settled`.
 */
export function toCampaignCounts(messages: readonly Row[], links: readonly Row[]): CampaignCounts {
  const sum = (rows: readonly Row[], key: string): number => {
    const row = rows.find((one) => text(one, 'key') === key);
    return row === undefined ? 0 : integer(row, 'many');
  };
  const disowned = sum(links, 'disowned used');
  return {
    waiting: sum(messages, 'waiting'),
    sent: sum(messages, 'sent'),
    failed: sum(messages, 'dead'),
    dropped: sum(messages, 'dropped'),
    open: sum(links, 'confirm open'),
    settled: sum(links, 'confirm settled'),
    expired: sum(links, 'confirm expired'),
    // Each link that was answered "not me" is spent too.
    confirmed: Math.max(0, sum(links, 'confirm used') - disowned),
    disowned,
  };
}
