import { type Answer, empty, errorText, json, problem, Refusal } from './answers.ts';
import { type Call, type Route, route } from './routes.ts';
import type { World } from './world.ts';

/** The network settings of a fresh server on a port. */
export function newNetworkSettings(
  knownProxies: readonly string[],
  baseUrl: string,
): Record<string, unknown> {
  return {
    BaseUrl: baseUrl,
    EnableHttps: false,
    RequireHttps: false,
    CertificatePath: '',
    CertificatePassword: '',
    InternalHttpPort: 8096,
    InternalHttpsPort: 8920,
    PublicHttpPort: 8096,
    PublicHttpsPort: 8920,
    AutoDiscovery: false,
    EnableUPnP: false,
    EnableIPv4: true,
    EnableIPv6: false,
    EnableRemoteAccess: true,
    LocalNetworkSubnets: [],
    LocalNetworkAddresses: ['127.0.0.1'],
    KnownProxies: [...knownProxies],
    IgnoreVirtualInterfaces: true,
    VirtualInterfaceNames: ['veth'],
    EnablePublishedServerUriByRequest: false,
    PublishedServerUriBySubnet: [],
    RemoteIPFilter: [],
    IsRemoteIPFilterBlacklist: false,
  };
}

function branding(world: World): Record<string, unknown> {
  const { LoginDisclaimer, CustomCss, SplashscreenEnabled } = world.settings.branding;
  return { LoginDisclaimer, CustomCss, SplashscreenEnabled };
}

/** Without any, 10.8 answers nothing, later ones an empty stylesheet. */
function css({ world }: Call): Answer {
  const text = world.settings.branding.CustomCss ?? '';
  if (!text && world.traits.minor === 8) return empty(204);
  return { status: 200, body: text, contentType: 'text/css; charset=utf-8', compressible: 'http' };
}

function splashscreen({ world }: Call): Answer {
  return world.settings.branding.SplashscreenEnabled
    ? { status: 200, body: Buffer.from('GIF89a'), contentType: 'image/png', sized: true }
    : problem(404);
}

function named({ world, params }: Call): Answer {
  const key = (params.get('key') ?? '').toLowerCase();
  if (key === 'network') {
    const port = world.port();
    return json({ ...world.settings.network, InternalHttpPort: port, PublicHttpPort: port });
  }
  if (key === 'branding') return json(branding(world));
  throw new Refusal(errorText(404));
}

function readObject(call: Call): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(call.request.body.toString('utf8'));
    if (value && typeof value === 'object') return { ...value };
  } catch {
    // Falls through to the same refusal.
  }
  throw new Refusal(errorText(500));
}

/** Known proxies and the base URL take effect at a restart, all else at once. */
function setNamed(call: Call): Answer {
  const key = (call.params.get('key') ?? '').toLowerCase();
  const given = readObject(call);
  const { settings } = call.world;
  if (key === 'network') Object.assign(settings.network, given);
  else if (key === 'branding') setBranding(call.world, given);
  else throw new Refusal(errorText(404));
  return empty(204);
}

function setBranding(world: World, given: Readonly<Record<string, unknown>>): void {
  const text = (name: string): string | undefined => {
    const value = given[name];
    return typeof value === 'string' ? value : undefined;
  };
  const LoginDisclaimer = text('LoginDisclaimer');
  const CustomCss = text('CustomCss');
  world.settings.branding = {
    SplashscreenEnabled: given['SplashscreenEnabled'] === true,
    ...(LoginDisclaimer === undefined ? {} : { LoginDisclaimer }),
    ...(CustomCss === undefined ? {} : { CustomCss }),
  };
}

function system({ world }: Call): Answer {
  return json({
    IsStartupWizardCompleted: world.settings.wizardCompleted,
    ServerName: world.settings.serverName,
    QuickConnectAvailable: world.settings.quickConnect,
    EnableLegacyAuthorization: world.settings.legacyAuthorization,
    CorsHosts: [...world.settings.corsHosts],
  });
}

function setSystem(call: Call): Answer {
  const given = readObject(call);
  const { settings } = call.world;
  if (typeof given['ServerName'] === 'string') settings.serverName = given['ServerName'];
  if (typeof given['QuickConnectAvailable'] === 'boolean')
    settings.quickConnect = given['QuickConnectAvailable'];
  if (typeof given['EnableLegacyAuthorization'] === 'boolean')
    settings.legacyAuthorization = given['EnableLegacyAuthorization'];
  if (Array.isArray(given['CorsHosts'])) settings.corsHosts = given['CorsHosts'].map(String);
  return empty(204);
}

/** Branding and the settings that can be read and written. Source: BrandingController, ConfigurationController. */
export const CONFIGURATION_ROUTES: readonly Route[] = [
  route('GET', '/Branding/Configuration', 'anyone', ({ world }) => json(branding(world))),
  route('GET', '/Branding/Css', 'anyone', css),
  route('GET', '/Branding/Css.css', 'anyone', css),
  route('GET', '/Branding/Splashscreen', 'anyone', splashscreen),
  route('GET', '/System/Configuration', 'signed-in', system),
  route('POST', '/System/Configuration', 'administrator', setSystem),
  route('GET', '/System/Configuration/{key}', 'signed-in', named),
  route('POST', '/System/Configuration/{key}', 'administrator', setNamed),
];
