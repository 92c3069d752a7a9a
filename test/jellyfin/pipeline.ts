import { type Answer, empty, errorText, Refusal } from './answers.ts';
import { assertAccess, type Caller, isInNetwork, readCaller } from './authorization.ts';
import { isListed } from './network.ts';
import { relativePath } from './paths.ts';
import type { FakeRequest } from './request.ts';
import { type Match, matchRoute, type Route } from './routes.ts';
import { healthAnswer, loadingAnswer, type Phase, setupAnswer } from './startup.ts';
import { type StaticFiles, serveStatic } from './static.ts';
import type { World } from './world.ts';

/** What a request comes to: an answer, or a WebSocket for a caller who may have one. */
export type Outcome = { kind: 'answer'; answer: Answer } | { kind: 'socket'; caller: Caller };

/** Everything the middleware needs besides the request. */
export interface Pipeline {
  world: World;
  files: StaticFiles;
  routes: readonly Route[];
  phase(): Phase;
  isHostBuilt(): boolean;
}

/** The redirect in front of everything: 302 for whatever is not below the base URL, and for its root. */
function redirectToBase(world: World, path: string): Answer | undefined {
  const base = world.baseUrl;
  const lower = path.toLowerCase();
  const isInside = lower.startsWith(base.toLowerCase());
  const isRoot = lower === base.toLowerCase() || lower === `${base.toLowerCase()}/`;
  if (isInside && !isRoot) return undefined;
  const target = world.traits.servesWebFolder ? `${base}/web/` : `${base}/web/index.html`;
  const isHealth = base !== '' && lower === '/health';
  const location = isHealth
    ? `${base}/health`
    : world.traits.servesWebFolder
      ? relativePath(path, target)
      : target;
  return { status: 302, headers: { Location: location }, bare: true };
}

/** The path below the base URL; undefined for one that only begins alike, as /jellyfish does. */
function below(base: string, path: string): string | undefined {
  const rest = path.slice(base.length);
  return rest === '' || rest.startsWith('/') ? rest : undefined;
}

function trimEmby(world: World, path: string): string {
  const prefix = /^\/(?:emby|mediabrowser)/i.exec(path)?.[0];
  if (!world.traits.embyPrefixes || prefix === undefined) return path;
  const rest = path.slice(prefix.length);
  if (!rest.startsWith('/')) throw new Refusal(errorText(400));
  return rest;
}

function preflight(request: FakeRequest): Answer | undefined {
  const wanted = request.header('access-control-request-method');
  if (request.method !== 'OPTIONS' || !request.header('origin') || wanted === undefined) return undefined;
  const names = request.headers('access-control-request-headers');
  const headers = {
    ...(names === undefined ? {} : { 'Access-Control-Allow-Headers': names }),
    'Access-Control-Allow-Methods': wanted,
  };
  return { status: 204, headers, preflight: true };
}

function redirectKnown(request: FakeRequest): Answer | undefined {
  const path = request.path.toLowerCase();
  if (path === '/robots.txt') return empty(302, { Location: 'web/robots.txt' });
  if (path === '/api-docs/swagger') return empty(301, { Location: 'swagger/index.html' });
  return undefined;
}

/** 503 for clients that the network settings bar, 200 with nothing on 10.8. Static files are served all the same. */
function barred(world: World, request: FakeRequest): Answer | undefined {
  const { EnableRemoteAccess, RemoteIPFilter, IsRemoteIPFilterBlacklist } = world.settings.network;
  if (isInNetwork(world, request)) return undefined;
  const list = Array.isArray(RemoteIPFilter) ? RemoteIPFilter : [];
  const isBarred =
    EnableRemoteAccess === false ||
    (list.length > 0 && isListed(request.address, list) === (IsRemoteIPFilterBlacklist === true));
  return isBarred ? empty(world.traits.minor === 8 ? 200 : 503) : undefined;
}

async function callEndpoint(
  world: World,
  request: FakeRequest,
  caller: Caller,
  match: Match,
): Promise<Answer> {
  if (request.path.toLowerCase().replace(/\/$/, '') === '/health') return healthAnswer('Healthy');
  if (match.kind === 'wrong-method') return empty(405, { Allow: match.allow });
  if (match.kind === 'unknown') return empty(404);
  return match.route.endpoint({ world, request, caller, params: match.params });
}

async function api(pipeline: Pipeline, request: FakeRequest, isUpgrade: boolean): Promise<Outcome> {
  const { world } = pipeline;
  const caller = readCaller(world, request);
  const match = matchRoute(pipeline.routes, request.method, request.path);
  if (match.kind === 'found') assertAccess(world, request, caller, match.route.access);
  const refused = barred(world, request);
  if (refused) return { kind: 'answer', answer: refused };
  if (isUpgrade) {
    const isDisabled = caller.kind === 'user' && caller.user.policy['IsDisabled'] === true;
    if (caller.kind === 'key' || (caller.kind === 'user' && !isDisabled)) return { kind: 'socket', caller };
    return { kind: 'answer', answer: errorText(403) };
  }
  const isPing = request.path.toLowerCase() === '/system/ping';
  if (pipeline.phase() === 'loading' && !isPing) return { kind: 'answer', answer: loadingAnswer() };
  return { kind: 'answer', answer: await callEndpoint(world, request, caller, match) };
}

async function insideBase(pipeline: Pipeline, request: FakeRequest, isUpgrade: boolean): Promise<Outcome> {
  const { world, files } = pipeline;
  request.path = trimEmby(world, request.path);
  const early = preflight(request) ?? serveStatic(world, files, request) ?? redirectKnown(request);
  return early ? { kind: 'answer', answer: early } : api(pipeline, request, isUpgrade);
}

/** Takes a request through the middleware in Jellyfin's order. Source: Startup.Configure of all five versions. */
export async function runPipeline(
  pipeline: Pipeline,
  request: FakeRequest,
  isUpgrade = false,
): Promise<Outcome> {
  const { world } = pipeline;
  try {
    if (pipeline.phase() === 'setup') {
      return { kind: 'answer', answer: await setupAnswer(world, request, pipeline.isHostBuilt) };
    }
    const redirect = redirectToBase(world, request.path);
    if (redirect) return { kind: 'answer', answer: redirect };
    const path = below(world.baseUrl, request.path);
    if (path === undefined) return { kind: 'answer', answer: { status: 404, bare: true } };
    request.path = path;
    return await insideBase(pipeline, request, isUpgrade);
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'answer', answer: error.answer };
    return { kind: 'answer', answer: errorText(500) };
  }
}
