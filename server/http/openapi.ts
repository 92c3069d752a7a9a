import { z } from 'zod';
import { PROGRAM_VERSION } from '../config/version.ts';
import { ADMIN_CALL_NAMES, ADMIN_CALLS, type AdminCall } from './admin-calls.ts';
import * as people from './admin-contract.ts';
import { ADMIN_ERRORS, adminErrorEntry, COMMON_ADMIN_CODES } from './admin-errors.ts';
import * as upkeep from './admin-upkeep-contract.ts';

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
      responses: commonFailures(),
      schemas: describeSchemas(),
    },
  };
}

/** `people/list` as the name of an operation: `peopleList`. */
function operationIdOf(name: string): string {
  return name.replace(/[/-]([a-z])/g, (_all, letter: string) => letter.toUpperCase());
}

const NAMES = new Map<z.ZodType, string>(
  Object.entries({ ...people, ...upkeep, Failure }).flatMap(([name, value]) =>
    value instanceof z.ZodType ? [[value, name] as const] : [],
  ),
);

/** The name of a schema in the document: that of its export. */
function nameOf(schema: z.ZodType): string {
  const name = NAMES.get(schema);
  if (name === undefined) throw new TypeError('a schema of a call is no export of the contract');
  return name;
}

const contentOf = (schema: z.ZodType): Json => ({
  'application/json': { schema: { $ref: COMPONENTS + nameOf(schema) } },
});

function describeFailure(codes: readonly Parameters<typeof adminErrorEntry>[0][]): Json {
  const sentences = codes.map((code) => `\`${code}\`: ${adminErrorEntry(code).message}`);
  return { description: sentences.join(' '), content: contentOf(Failure) };
}

/** What every call may answer, by status. */
function commonFailures(): { readonly [status: string]: Json } {
  const ofCodes = COMMON_ADMIN_CODES.map((code) => [adminErrorEntry(code).status, describeFailure([code])]);
  const notOurs = { description: '`bad-body`: no page of ours sent it.', content: contentOf(Failure) };
  return { ...Object.fromEntries(ofCodes), '403': notOurs };
}

function describeCall(name: keyof typeof ADMIN_CALLS): Json {
  const call: AdminCall = ADMIN_CALLS[name];
  const common = Object.keys(commonFailures()).map((status) => [
    status,
    { $ref: `#/components/responses/${status}` },
  ]);
  const ofStatus = Map.groupBy([...call.errors], (code) => adminErrorEntry(code).status);
  const own = [...ofStatus].map(([status, codes]) => {
    const shared = COMMON_ADMIN_CODES.filter((code) => adminErrorEntry(code).status === status);
    return [status, describeFailure([...shared, ...codes])];
  });
  return {
    operationId: operationIdOf(name),
    tags: [name.split('/')[0] ?? name],
    summary: call.summary,
    description: `In the audit log as \`${call.event}\`.`,
    requestBody: { required: true, content: contentOf(call.body) },
    responses: {
      '200': { description: 'Done.', content: contentOf(call.answer) },
      ...Object.fromEntries(common),
      ...Object.fromEntries(own),
    },
  };
}

/** By name: the order of exports is not the same everywhere. */
function describeSchemas(): { readonly [name: string]: Json } {
  const calls: readonly AdminCall[] = Object.values(ADMIN_CALLS);
  const bodies = new Set<z.ZodType>(calls.map(({ body }) => body));
  const others = new Set([...NAMES.keys()].filter((schema) => !bodies.has(schema)));
  const all = { ...inJson(bodies, 'input'), ...inJson(others, 'output') };
  return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function inJson(schemas: ReadonlySet<z.ZodType>, io: 'input' | 'output'): { readonly [name: string]: Json } {
  const registry = z.registry<{ id: string }>();
  for (const schema of schemas) registry.add(schema, { id: nameOf(schema) });
  const written = z.toJSONSchema(registry, { io, target: 'draft-2020-12', uri: (id) => COMPONENTS + id });
  return Object.fromEntries(
    Object.entries(written.schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [
      id,
      schema as Json,
    ]),
  );
}
