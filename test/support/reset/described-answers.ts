import { z } from 'zod';
import type { AdminCallName } from '../../../server/http/admin-calls.ts';
import { writeOpenApi } from '../../../server/http/openapi.ts';

/** The document, as far as tests look into it. */
interface Described {
  readonly paths: Readonly<Record<string, { readonly post: DescribedCall }>>;
  readonly components: { readonly schemas: object };
}

interface DescribedCall {
  readonly requestBody: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
}

interface Content {
  readonly 'application/json': { readonly schema: { readonly $ref: string } };
}

/** What reads by the schemas of the document, and so knows nothing of the ones it was made of. */
const READERS = new Map<string, z.ZodType>();

function readerOf(ref: string): z.ZodType {
  const known = READERS.get(ref);
  if (known !== undefined) return known;
  const { schemas } = (writeOpenApi() as unknown as Described).components;
  const text = JSON.stringify({ $ref: ref, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  const reader = z.fromJSONSchema(JSON.parse(text));
  READERS.set(ref, reader);
  return reader;
}

/** Fails unless an answer is what the OpenAPI document says of this call and status. */
export function expectDescribed(name: AdminCallName, status: number, answer: unknown): void {
  const { paths } = writeOpenApi() as unknown as Described;
  const response = paths[`/${name}`]?.post.responses[status];
  if (response === undefined) throw new Error(`the document has no answer ${status} of ${name}`);
  const ref =
    '$ref' in response ? '#/components/schemas/Failure' : response.content['application/json'].schema.$ref;
  const read = readerOf(ref).safeParse(answer);
  if (!read.success) throw new Error(`${name} ${status}: ${read.error.message}`);
}

/** Whether a body is one that the document says the call takes. */
export function isDescribedBody(name: AdminCallName, body: unknown): boolean {
  const { paths } = writeOpenApi() as unknown as Described;
  const ref = paths[`/${name}`]?.post.requestBody.content['application/json'].schema.$ref ?? '';
  return readerOf(ref).safeParse(body).success;
}
