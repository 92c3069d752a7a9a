import type { ActivityEntry, ActivityPage } from './answers.ts';

const PAGE = 500;
const MOST_PAGES = 20;

/**
 * Reads the activity log from its newest entry on, no further than the reader goes. Entries of no account are left out.
 *
 * @param get Reads one page.
 * Source: ActivityLogController.GetLogEntries, 10.8 to 12.0.
 */
export async function* readActivity(
  get: (path: string) => Promise<ActivityPage>,
): AsyncGenerator<ActivityEntry, void, void> {
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const path = `/System/ActivityLog/Entries?startIndex=${page * PAGE}&limit=${PAGE}&hasUserId=true`;
    const { Items } = await get(path);
    yield* Items;
    if (Items.length < PAGE) return;
  }
}
