import { z } from 'zod';
import { PROGRAM_VERSION } from '../config/version.ts';
import { ADMIN_CALL_NAMES, ADMIN_CALLS, type AdminCall } from './admin-calls.ts';
import { ADMIN_ERRORS, adminErrorEntry, COMMON_ADMIN_CODES } from './admin-errors.ts';

/** Where the document is served, below `/gatehouse`. */
export const OPENAPI_PATH = '/api/admin/openapi.json';

/** A value of a document in JSON. */
type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const COMPONENTS = '#/components/schemas/';

/** What every failed call answers. */
const Failure = z.strictObject({
  code: z.enum([...COMMON_ADMIN_CODES, 'not-found', ...Object.keys(ADMIN_ERRORS)]),
  message: z.string().meta({ description: 'One English sentence that says what to do.' }),
});

/**
 * Describes the admin API in OpenAPI 3.1, made from the schemas that bodies are read with; the same text on every run.
 *
 * Source: OpenAPI Specification 3.1.1; JSON Schema draft 2020-12, which its schemas are.
 */
export function writeOpenApi(): { readonly [key: string]: Json } {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Admin API of Gatehouse',
      version: PROGRAM_VERSION,
      summary: 'For administrators of Jellyfin.',
      description:
        'Every call is a POST of JSON with the cookie of a session whose password was typed in the last 15 minutes, and with an ' +
        'Origin header that names the address it is sent to. Times are milliseconds since 1970.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/gatehouse/api/admin' }],
    security: [{ session: [] }],
    paths: Object.fromEntries(ADMIN_CALL_NAMES.map((name) => [`/${name}`, { post: describeCall(name) }])),
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-gatehouse',
          description: 'Set by POST /gatehouse/api/account/sign-in.',
        },
      },
      schemas: describeSchemas(),
    },
  };
}

/** `people/list` as part of a name: `PeopleList`. */
function wordOf(name: string): string {
  return name.replace(/(?:^|[/-])([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

function describeCall(name: keyof typeof ADMIN_CALLS): Json {
  const call: AdminCall = ADMIN_CALLS[name];
  const word = wordOf(name);
  const content = (schema: string): Json => ({ 'application/json': { schema: { $ref: COMPONENTS + schema } } });
  const codes = Map.groupBy([...COMMON_ADMIN_CODES, ...call.errors], (code) => adminErrorEntry(code).status);
  const failures = [...codes].map(([status, ofStatus]) => [
    String(status),
    {
      description: ofStatus.map((code) => `\`${code}\`: ${adminErrorEntry(code).message}`).join(' '),
      content: content('Failure'),
    },
  ]);
  const ownStatuses = Object.fromEntries(failures);
  return {
    operationId: word.replace(/^./, (letter) => letter.toLowerCase()),
    tags: [name.split('/')[0] ?? name],
    summary: call.summary,
    description: `In the audit log as \`${call.event}\`.`,
    requestBody: { required: true, content: content(`${word}Body`) },
    responses: {
      '200': { description: 'Done.', content: content(`${word}Answer`) },
      '403': { description: '`bad-body`: no page of ours sent it.', content: content('Failure') },
      ...ownStatuses,
    },
  };
}

function describeSchemas(): { readonly [key: string]: Json } {
  const bodies = ADMIN_CALL_NAMES.map((name) => [`${wordOf(name)}Body`, ADMIN_CALLS[name].body, 'input'] as const);
  const answers = ADMIN_CALL_NAMES.map(
    (name) => [`${wordOf(name)}Answer`, ADMIN_CALLS[name].answer, 'output'] as const,
  );
  const all = [...bodies, ...answers, ['Failure', Failure, 'output'] as const];
  return Object.fromEntries(
    all.map(([id, schema, io]) => {
      const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12', reused: 'inline' });
      return [id, rest as Json];
    }),
  );
}
