import { describe, expect, it } from 'vitest';
import { ADMIN_CALL_NAMES, ADMIN_CALLS } from '../../../server/http/admin-calls.ts';
import { ADMIN_ERRORS } from '../../../server/http/admin-errors.ts';
import { writeOpenApi } from '../../../server/http/openapi.ts';
import { ADMIN_BODIES } from '../../support/reset/admin-bodies.ts';
import { expectDescribed, isDescribedBody } from '../../support/reset/described-answers.ts';

type Node = Readonly<Record<string, unknown>>;

const DOCUMENT = writeOpenApi() as Node;
const paths = DOCUMENT['paths'] as Readonly<Record<string, { readonly post: Node }>>;
const components = DOCUMENT['components'] as Readonly<Record<string, Node>>;

/** Every object within a value, with the way to it. */
function* nodes(value: unknown, way = '#'): Generator<readonly [way: string, node: Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [way, value as Node];
  for (const [key, inner] of Object.entries(value))
    yield* nodes(inner, `${way}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

const NODES = [...nodes(DOCUMENT)];
const WAYS = new Set(NODES.map(([way]) => way));
const SCHEMAS = [...nodes(components['schemas'], '#/components/schemas')].filter(
  ([, node]) => 'type' in node,
);

/** Source: JSON Schema Validation, draft 2020-12, section 6.1.1. */
const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

describe('the OpenAPI document', () => {
  it('is one of version 3.1 with what such a document must have', () => {
    expect(DOCUMENT['openapi']).toMatch(/^3\.1\.\d+$/);
    expect(DOCUMENT['info']).toMatchObject({ title: expect.any(String), version: expect.any(String) });
    expect(Object.keys(DOCUMENT).sort()).toEqual([
      'components',
      'info',
      'openapi',
      'paths',
      'security',
      'servers',
    ]);
    for (const kind of Object.values(components))
      for (const name of Object.keys(kind)) expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
  });

  it('has every call of the API and none else, each with body, answer and errors', () => {
    expect(Object.keys(paths)).toEqual(ADMIN_CALL_NAMES.map((name) => `/${name}`));
    for (const [path, item] of Object.entries(paths)) {
      expect(Object.keys(item), path).toEqual(['post']);
      const { requestBody, responses, summary } = item.post as { [key: string]: Node };
      expect(requestBody, path).toMatchObject({ required: true, content: { 'application/json': {} } });
      expect(summary, path).toMatch(/^[A-Z].*\.$/);
      const statuses = Object.keys(responses ?? {});
      expect(statuses, path).toEqual(
        expect.arrayContaining(['200', '400', '401', '403', '429', '500', '503']),
      );
      for (const status of statuses) expect(status, path).toMatch(/^[1-5]\d\d$/);
      for (const response of Object.values(responses ?? {}) as Node[])
        expect('$ref' in response || typeof response['description'] === 'string', path).toBe(true);
    }
  });

  it('names an operation once', () => {
    const ids = Object.values(paths).map(({ post }) => post['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names every code that a call may fail with, and no other', () => {
    for (const name of ADMIN_CALL_NAMES) {
      const text = JSON.stringify(paths[`/${name}`]?.post['responses']);
      const named = Object.keys(ADMIN_ERRORS).filter((code) => text.includes(`\`${code}\``));
      expect(named.sort(), name).toEqual([...ADMIN_CALLS[name].errors].sort());
    }
  });

  it('has no reference that leads nowhere', () => {
    const references = NODES.flatMap(([way, { $ref }]) => (typeof $ref === 'string' ? [[way, $ref]] : []));
    expect(references.length).toBeGreaterThan(60);
    expect(references.filter(([, ref = '']) => !WAYS.has(ref))).toEqual([]);
  });

  it('has no schema that nobody needs, nor a security scheme that is not there', () => {
    const text = JSON.stringify(DOCUMENT);
    const unused = Object.keys(components['schemas'] ?? {}).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
    const wanted = (DOCUMENT['security'] as Node[]).flatMap((one) => Object.keys(one));
    expect(wanted).toEqual(Object.keys(components['securitySchemes'] ?? {}));
  });

  it('has schemas that are well made', () => {
    expect(SCHEMAS.length).toBeGreaterThan(80);
    for (const [way, { type, required = [], properties = {}, pattern, enum: values }] of SCHEMAS) {
      expect(TYPES, way).toContain(type);
      expect(Object.keys(properties as object), way).toEqual(expect.arrayContaining(required as string[]));
      if (typeof pattern === 'string') expect(() => new RegExp(pattern, 'u'), way).not.toThrow();
      if (values !== undefined) expect((values as unknown[]).length, way).toBeGreaterThan(0);
    }
  });

  it('takes the bodies that the calls take, and refuses what they refuse', () => {
    for (const name of ADMIN_CALL_NAMES) {
      const body = ADMIN_BODIES[name];
      for (const [tried, isRight] of [
        [body, true],
        [{ ...body, odd: 1 }, false],
        [[body], false],
      ] as const) {
        expect(isDescribedBody(name, tried), name).toBe(isRight);
        expect(ADMIN_CALLS[name].body.safeParse(tried).success, name).toBe(isRight);
      }
    }
  });

  it('finds an answer that is not as it says', () => {
    expectDescribed('outbox/count', 200, { waiting: 0, dead: 0 });
    expect(() => expectDescribed('outbox/count', 200, { waiting: 0 })).toThrow('outbox/count 200');
    expect(() => expectDescribed('outbox/count', 200, { waiting: 0, dead: 0, token: 'x' })).toThrow('token');
    expect(() => expectDescribed('outbox/count', 404, {})).toThrow('no answer 404');
  });
});
