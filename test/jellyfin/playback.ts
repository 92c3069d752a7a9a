import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, json, problem } from './answers.ts';
import { type Call, type Route, route } from './routes.ts';

/** What every film of the fake shows: one minute of slowly changing colours in VP8, 64 by 36, without sound; made by ffmpeg's `gradients`. */
const FILM = readFileSync(join(import.meta.dirname, 'film.webm'));
/** One second of silence, which is what all music here sounds like: 8 bits, 8,000 Hz, one channel. */
const SONG = Buffer.alloc(44 + 8000, 128);
SONG.write('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data', 'latin1');
SONG.writeUInt32LE(SONG.length - 8, 4);
SONG.writeUInt32LE(SONG.length - 44, 40);
const RUN_TIME_TICKS = 60 * 10_000_000;

const plainId = (id: string | undefined): string => (id ?? '').replaceAll('-', '').toLowerCase();

/** The file as it is, which every client is told that it can play. Source: MediaInfoController, MediaSourceInfo of 10.8.13 to 12.0. */
function playbackInfo({ world, params }: Call): Answer {
  const item = world.media.find(({ id }) => id === plainId(params.get('itemId')));
  if (item === undefined) return problem(404);
  const source = {
    Protocol: 'File',
    Id: item.id,
    Type: 'Default',
    Container: 'webm',
    Size: FILM.length,
    Name: item.name,
    IsRemote: false,
    ETag: item.id,
    RunTimeTicks: RUN_TIME_TICKS,
    SupportsTranscoding: true,
    SupportsDirectStream: true,
    SupportsDirectPlay: true,
    SupportsProbing: true,
    IsInfiniteStream: false,
    RequiresOpening: false,
    RequiresClosing: false,
    VideoType: 'VideoFile',
    MediaStreams: [{ Codec: 'vp8', Type: 'Video', Index: 0, IsDefault: true, Width: 64, Height: 36 }],
    MediaAttachments: [],
    Formats: [],
  };
  return json({ MediaSources: [source], PlaySessionId: `${item.id.slice(0, 8)}play` });
}

/** Streams ask nobody to sign in, on any version, and answer ranges. Source: VideosController, AudioController, UniversalAudioController. */
function stream(file: Buffer, contentType: string, { world, request, params }: Call): Answer {
  const isStream = /^(?:stream(?:\.\w+)?|universal)$/i.test(params.get('file') ?? '');
  if (!isStream || world.media.every(({ id }) => id !== plainId(params.get('itemId')))) return problem(404);
  const answer = { contentType, sized: true, compressible: 'never' } as const;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers('range') ?? '');
  const from = Number(range?.[1] ?? 0);
  if (range === null || from >= file.length) return { ...answer, status: 200, body: file };
  const to = Math.min(range[2] === '' ? file.length : Number(range[2]) + 1, file.length);
  const headers = { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes ${from}-${to - 1}/${file.length}` };
  return { ...answer, status: 206, headers, body: file.subarray(from, to) };
}

const nothing = (): Answer => json({ Items: [], TotalRecordCount: 0, StartIndex: 0 });

/** The calls for playing films and music, and those of lists that are always empty here. */
export const PLAYBACK_ROUTES: readonly Route[] = [
  route('POST', '/Items/{itemId}/PlaybackInfo', 'signed-in', playbackInfo),
  route('GET', '/Videos/{itemId}/{file}', 'anyone', (call) => stream(FILM, 'video/webm', call)),
  route('GET', '/Audio/{itemId}/{file}', 'anyone', (call) => stream(SONG, 'audio/wav', call)),
  route('GET', '/Users/{userId}/Items/{itemId}/Intros', 'signed-in', nothing),
  route('GET', '/Items/{itemId}/Intros', 'signed-in', nothing),
  route('GET', '/Persons', 'signed-in', nothing),
  route('GET', '/Studios', 'signed-in', nothing),
  route('GET', '/Artists', 'signed-in', nothing),
];
