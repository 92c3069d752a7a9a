import { dateText, EMPTY_GUID } from './dotnet-text.ts';

/** What happened, as GET /System/ActivityLog/Entries tells it. */
export interface ActivityInput {
  name: string;
  type: string;
  userId?: string;
  shortOverview?: string;
  severity?: 'Information' | 'Error';
}

/** The activity log of a fake server. */
export interface ActivityLog {
  add(entry: ActivityInput): void;
  /** Newest first. */
  entries(): Record<string, unknown>[];
  onAdded(listener: () => void): void;
}

/** An empty activity log. */
export function createActivityLog(): ActivityLog {
  const entries: Record<string, unknown>[] = [];
  const listeners: (() => void)[] = [];
  return {
    add: (entry) => {
      entries.unshift({
        Id: entries.length + 1,
        Name: entry.name,
        ShortOverview: entry.shortOverview ?? null,
        Type: entry.type,
        Date: dateText(new Date()),
        UserId: entry.userId ?? EMPTY_GUID,
        Severity: entry.severity ?? 'Information',
      });
      for (const listener of listeners) listener();
    },
    entries: () => entries,
    onAdded: (listener) => void listeners.push(listener),
  };
}
