import { type Answer, empty, json, problem } from './answers.ts';
import { type Call, type Route, route } from './routes.ts';

const NOTHING = { Items: [], TotalRecordCount: 0, StartIndex: 0 };

const MOST_BYTES = 100_000_000;

function preferencesKey({ params, request }: Call): string {
  return `${params.get('id')}|${request.query.get('userid') ?? ''}|${request.query.get('client') ?? ''}`;
}

function preferences(call: Call): Answer {
  const stored = call.world.displayPreferences.get(preferencesKey(call));
  if (stored) return json(stored);
  return json({
    Id: '3ce5b65d-e116-d731-65d1-efc4a30ec35c',
    SortBy: 'SortName',
    RememberIndexing: false,
    PrimaryImageHeight: 250,
    PrimaryImageWidth: 250,
    CustomPrefs: {
      chromecastVersion: 'stable',
      skipForwardLength: '30000',
      skipBackLength: '10000',
      enableNextVideoInfoOverlay: 'False',
      tvhome: '',
      dashboardTheme: '',
    },
    ScrollDirection: 'Horizontal',
    ShowBackdrop: true,
    RememberSorting: false,
    SortOrder: 'Ascending',
    ShowSidebar: false,
    Client: call.request.query.get('client') ?? 'emby',
  });
}

function setPreferences(call: Call): Answer {
  const value: unknown = JSON.parse(call.request.body.toString('utf8'));
  call.world.displayPreferences.set(preferencesKey(call), value);
  return empty(204);
}

function bitrateTest({ request }: Call): Answer {
  const size = Number(request.query.get('size') ?? 102_400);
  if (!(size >= 1 && size <= MOST_BYTES)) return problem(400);
  return {
    status: 200,
    body: Buffer.alloc(size),
    contentType: 'application/octet-stream',
    sized: true,
    compressible: 'never',
  };
}

const EMPTY_LISTS = [
  '/Users/{userId}/Items/Resume',
  '/UserItems/Resume',
  '/Shows/NextUp',
  '/LiveTv/Programs/Recommended',
  '/LiveTv/Recordings',
  '/Items/{itemId}/Collections',
  '/Items/{itemId}/Similar',
];

const EMPTY_ARRAYS = [
  '/Items/{itemId}/Ancestors',
  '/SyncPlay/List',
  '/Localization/Cultures',
  '/Localization/Options',
  '/ScheduledTasks',
  '/Packages',
  '/Plugins',
];

/** What the web client asks for after a login, but for items. */
export function homeRoutes(minor: number): Route[] {
  return [
    route('GET', '/DisplayPreferences/{id}', 'signed-in', preferences),
    route('POST', '/DisplayPreferences/{id}', 'signed-in', setPreferences),
    route('GET', '/Playback/BitrateTest', 'signed-in', bitrateTest),
    ...EMPTY_LISTS.map((pattern) => route('GET', pattern, 'signed-in', () => json(NOTHING))),
    ...EMPTY_ARRAYS.map((pattern) => route('GET', pattern, 'signed-in', () => json([]))),
    route('GET', '/web/ConfigurationPages', minor >= 9 ? 'administrator' : 'signed-in', () => json([])),
    route('GET', '/web/ConfigurationPage', 'anyone', () => problem(404)),
  ];
}
