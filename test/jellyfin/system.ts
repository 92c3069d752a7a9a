import { type Answer, empty, json } from './answers.ts';
import { isInNetwork } from './authorization.ts';
import { dateText } from './dotnet-text.ts';
import { type Call, type Route, route } from './routes.ts';
import type { World } from './world.ts';

/** PublicSystemInfo: what every client asks for first. */
export function publicInfo(world: World): Record<string, unknown> {
  return {
    LocalAddress: world.localAddress(),
    ServerName: world.settings.serverName,
    Version: world.traits.reportedVersion,
    ProductName: 'Jellyfin Server',
    OperatingSystem: world.traits.operatingSystem,
    Id: world.serverId,
    StartupWizardCompleted: world.settings.wizardCompleted,
  };
}

function wholeInfo({ world }: Call): Answer {
  const { ProductName, StartupWizardCompleted, ...rest } = publicInfo(world);
  const { minor } = world.traits;
  return json({
    OperatingSystemDisplayName: '',
    HasPendingRestart: false,
    IsShuttingDown: false,
    SupportsLibraryMonitor: true,
    WebSocketPortNumber: world.port(),
    CompletedInstallations: [],
    CanSelfRestart: true,
    CanLaunchWebBrowser: false,
    ProgramDataPath: world.dataFolder,
    WebPath: '/usr/share/jellyfin/web',
    ItemsByNamePath: `${world.dataFolder}/metadata`,
    CachePath: '/var/cache/jellyfin',
    LogPath: '/var/log/jellyfin',
    InternalMetadataPath: `${world.dataFolder}/metadata`,
    TranscodingTempPath: '/var/cache/jellyfin/transcodes',
    ...(minor >= 9
      ? {
          CastReceiverApplications: [
            { Id: 'F007D354', Name: 'Stable' },
            { Id: '6F511C87', Name: 'Unstable' },
          ],
        }
      : {}),
    HasUpdateAvailable: false,
    EncoderLocation: 'System',
    SystemArchitecture: 'X64',
    ...rest,
    ...(minor >= 11 ? { ProductName, StartupWizardCompleted } : {}),
  });
}

function endpointInfo({ world, request }: Call): Answer {
  return json({ IsLocal: request.isLocal, IsInNetwork: isInNetwork(world, request) });
}

function restart({ world }: Call): Answer {
  world.restart();
  return empty(204);
}

function shutdown({ world }: Call): Answer {
  world.stop();
  return empty(204);
}

function activityEntries({ world, request }: Call): Answer {
  const start = Number(request.query.get('startindex') ?? 0);
  const limit = Number(request.query.get('limit') ?? 100);
  const since = Date.parse(request.query.get('mindate') ?? '');
  const hasUser = request.query.get('hasuserid')?.toLowerCase();
  const entries = world.activity
    .entries()
    .filter((entry) => Number.isNaN(since) || Date.parse(String(entry['Date'])) >= since)
    .filter(
      (entry) => hasUser === undefined || /[^0]/.test(String(entry['UserId'])) === (hasUser === 'true'),
    );
  return json({
    Items: entries.slice(start, start + limit),
    TotalRecordCount: entries.length,
    StartIndex: start,
  });
}

function logs(): Answer {
  const now = dateText(new Date());
  return json([
    { DateCreated: now, DateModified: now, Size: 0, Name: `log_${now.slice(0, 10).replaceAll('-', '')}.log` },
  ]);
}

/** What the server tells about itself. Source: SystemController, ActivityLogController. */
export const SYSTEM_ROUTES: readonly Route[] = [
  route('GET', '/System/Info/Public', 'anyone', ({ world }) => json(publicInfo(world))),
  route('GET', '/System/Info', 'signed-in', wholeInfo),
  route('GET', '/System/Ping', 'anyone', () => json('Jellyfin Server')),
  route('POST', '/System/Ping', 'anyone', () => json('Jellyfin Server')),
  route('GET', '/System/Endpoint', 'signed-in', endpointInfo),
  route('POST', '/System/Restart', 'administrator-or-lan', restart),
  route('POST', '/System/Shutdown', 'administrator', shutdown),
  route('GET', '/System/ActivityLog/Entries', 'administrator', activityEntries),
  route('GET', '/System/Logs', 'administrator', logs),
];
