import { type Answer, empty, json, problem, Refusal } from './answers.ts';
import { type Call, type Route, route } from './routes.ts';
import type { World } from './world.ts';

/** A film, collection or playlist that the fake's library has. */
export interface FakeItem {
  /** 32 hex digits. */
  id: string;
  name: string;
  type: 'Movie' | 'BoxSet' | 'Playlist';
  year?: number;
  overview?: string;
  /** Kinds of pictures it has. */
  images?: readonly ('Primary' | 'Backdrop' | 'Logo')[];
  /** Ids of what is in it, in this order. */
  children?: readonly string[];
  /** Names of people who may not see it. */
  hiddenFrom?: readonly string[];
  /** How much of it has been watched, in percent. */
  played?: number;
}

const LIBRARY_ID = 'f137a2dd21bbc1b99aa5c0f6bf02a805';

/** As far as the client and mods read it. Source: BaseItemDto of 10.8.13 to 12.0. */
function toDto(world: World, item: FakeItem): Record<string, unknown> {
  const has = (kind: 'Primary' | 'Backdrop' | 'Logo') => item.images?.includes(kind) === true;
  const tag = `${item.id.slice(0, 8)}tag`;
  return {
    Name: item.name,
    ServerId: world.serverId,
    Id: item.id,
    Type: item.type,
    IsFolder: item.children !== undefined,
    ...(item.children === undefined ? { MediaType: 'Video' } : {}),
    ...(item.year === undefined ? {} : { ProductionYear: item.year }),
    ...(item.overview === undefined ? {} : { Overview: item.overview }),
    UserData: { Played: false, PlayedPercentage: item.played, PlaybackPositionTicks: 0, Key: item.id },
    ImageTags: {
      ...(has('Primary') ? { Primary: tag } : {}),
      ...(has('Logo') ? { Logo: tag } : {}),
    },
    BackdropImageTags: has('Backdrop') ? [tag] : [],
  };
}

const plainId = (id: string): string => id.replaceAll('-', '').toLowerCase();

/** Whose eyes are asked for: 10.8 wants the user named, later versions take the caller. */
function viewer({ world, caller, request, params }: Call): string {
  const id = params.get('userId') ?? request.query.get('userid');
  if (id === undefined && world.traits.minor === 8) throw new Refusal(json('userId is required', 400));
  const user = id === undefined && caller.kind === 'user' ? caller.user : world.users.find(plainId(id ?? ''));
  if (user === undefined) throw new Refusal(problem(404));
  if (caller.kind === 'user' && caller.user.id !== user.id && caller.user.policy['IsAdministrator'] !== true)
    throw new Refusal(empty(403));
  return user.name;
}

function visible(call: Call): readonly FakeItem[] {
  const name = viewer(call);
  return call.world.media.filter(({ hiddenFrom }) => hiddenFrom?.includes(name) !== true);
}

function listItems(call: Call): Answer {
  const { query } = call.request;
  const seen = visible(call);
  const byId = (ids: readonly string[]) =>
    ids.flatMap((id) => seen.filter((item) => item.id === plainId(id.trim())));
  const ids = query.get('ids');
  const parent = query.get('parentid');
  const found =
    ids !== undefined
      ? byId(ids.split(','))
      : parent !== undefined
        ? byId(seen.find(({ id }) => id === plainId(parent))?.children ?? [])
        : seen.filter(({ children }) => children === undefined);
  const limit = Number(query.get('limit') ?? found.length);
  const items = found.slice(0, limit).map((item) => toDto(call.world, item));
  return json({ Items: items, TotalRecordCount: found.length, StartIndex: 0 });
}

function latestItems(call: Call): Answer {
  const films = visible(call).filter(({ type }) => type === 'Movie');
  return json(films.map((item) => toDto(call.world, item)));
}

function oneItem(call: Call): Answer {
  const item = visible(call).find(({ id }) => id === plainId(call.params.get('itemId') ?? ''));
  return item === undefined ? problem(404) : json(toDto(call.world, item));
}

function views(call: Call): Answer {
  const library = { Name: 'Films', ServerId: call.world.serverId, Id: LIBRARY_ID, Type: 'CollectionFolder' };
  const items = visible(call).length === 0 ? [] : [{ ...library, CollectionType: 'movies', ImageTags: {} }];
  return json({ Items: items, TotalRecordCount: items.length, StartIndex: 0 });
}

const SHAPES = { Primary: [400, 600], Backdrop: [1600, 900], Logo: [400, 155] } as const;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Anybody who knows an id gets its pictures. They are drawings here; a real server sends JPEG, PNG or WebP. */
function image({ world, params }: Call): Answer {
  const item = world.media.find(({ id }) => id === plainId(params.get('itemId') ?? ''));
  const kind = item?.images?.find((one) => one.toLowerCase() === params.get('type')?.toLowerCase());
  if (item === undefined || kind === undefined) return problem(404);
  const [width, height] = SHAPES[kind];
  const hue = (Number.parseInt(item.id.slice(0, 6), 16) * 47) % 360;
  const fill =
    kind === 'Logo'
      ? `<rect width="${width}" height="${height}" rx="40" fill="hsl(${hue} 90% 60%)"/><text x="50%" y="50%" dy="0.35em" text-anchor="middle" font-family="sans-serif" font-weight="bold" font-size="${Math.min(80, 640 / item.name.length)}">${escaped(item.name)}</text>`
      : `<linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue} 70% 60%)"/><stop offset="1" stop-color="hsl(${(hue + 80) % 360} 70% 30%)"/></linearGradient><rect width="${width}" height="${height}" fill="url(#g)"/>`;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${fill}</svg>`;
  return { status: 200, body, contentType: 'image/svg+xml', sized: true, compressible: 'never' };
}

/** The calls for items and their pictures. */
export const MEDIA_ROUTES: readonly Route[] = [
  route('GET', '/UserViews', 'signed-in', views),
  route('GET', '/Users/{userId}/Views', 'signed-in', views),
  route('GET', '/Items', 'signed-in', listItems),
  route('GET', '/Users/{userId}/Items', 'signed-in', listItems),
  route('GET', '/Items/Latest', 'signed-in', latestItems),
  route('GET', '/Users/{userId}/Items/Latest', 'signed-in', latestItems),
  route('GET', '/Users/{userId}/Items/{itemId}', 'signed-in', oneItem),
  route('GET', '/Items/{itemId}/Images/{type}', 'anyone', image),
  route('GET', '/Items/{itemId}/Images/{type}/{index}', 'anyone', image),
];
