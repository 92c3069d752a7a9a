import { errorText, invalid, problem, Refusal } from './answers.ts';
import { JsonRefusal, type Members, readJsonObject } from './json-reader.ts';
import type { FakeRequest } from './request.ts';

/** A JSON body as Jellyfin binds it: names without regard to letter case, the last of several wins. */
export interface Body {
  has(name: string): boolean;
  /** The value as text; numbers are accepted for texts. Undefined if absent, null if null. */
  text(name: string): string | null | undefined;
  flag(name: string): boolean | undefined;
  raw(name: string): unknown;
}

/** How an endpoint names its body, and what it must hold. */
export interface BodyModel {
  /** The parameter's name in the controller: it is in the error texts. */
  parameter: string;
  /** The .NET type's name. */
  model: string;
  /** Keys marked `required` in C#: leaving one out is an error of its own from 10.9 on. */
  required?: readonly string[];
  /** Keys that must not be null or blank. */
  filled?: readonly string[];
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || !('members' in value)) return value;
  return Object.fromEntries((value.members as Members).map(([key, inner]) => [key, plain(inner)]));
}

function toUtf8(request: FakeRequest): Buffer {
  const [kind = '', ...parameters] = (request.header('content-type') ?? '').split(';');
  const type = kind.trim().toLowerCase();
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1]?.toLowerCase())
    .find((name) => name !== undefined);
  const isJson = type === 'application/json' || type === 'text/json' || /^application\/.+\+json$/.test(type);
  if (!isJson) throw new Refusal(problem(415));
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8') return request.body;
  if (charset !== 'utf-16' && charset !== 'unicode' && charset !== 'utf-16le')
    throw new Refusal(problem(415));
  return Buffer.from(request.body.toString('utf16le').replace(/^\ufeff/, ''), 'utf8');
}

function refuse(parameter: string, path: string, message: string): never {
  throw new Refusal(invalid({ [path]: message, [parameter]: `The ${parameter} field is required.` }));
}

function parse(request: FakeRequest, model: BodyModel): Members {
  if (request.tooLarge) throw new Refusal(errorText(500));
  const bytes = toUtf8(request);
  if (bytes.length === 0) {
    throw new Refusal(
      invalid({
        '': 'A non-empty request body is required.',
        [model.parameter]: `The ${model.parameter} field is required.`,
      }),
    );
  }
  try {
    const members = readJsonObject(bytes, model.model);
    if (members) return members;
  } catch (error) {
    if (error instanceof JsonRefusal) refuse(model.parameter, error.path, error.message);
    throw error;
  }
  throw new Refusal(
    invalid({
      '': 'A non-empty request body is required.',
      [model.parameter]: `The ${model.parameter} field is required.`,
    }),
  );
}

/** Reads a request's JSON body, or refuses it as ASP.NET does: 415, 400 with `errors`, or 500 if it is too large. */
export function readBody(request: FakeRequest, model: BodyModel): Body {
  const values = new Map(
    parse(request, model).map(([key, value]) => [key.toLowerCase(), plain(value)] as const),
  );
  const missing = (model.required ?? []).filter((key) => !values.has(key.toLowerCase()));
  if (missing.length > 0) {
    const names = missing.map((key) => `'${key}'`).join(', ');
    const message = `JSON deserialization for type '${model.model}' was missing required properties including: ${names}.`;
    refuse(model.parameter, '$', message);
  }
  const text = (name: string): string | null | undefined => {
    const value = values.get(name.toLowerCase());
    if (value === undefined || value === null) return value;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    return refuse(
      model.parameter,
      `$.${name}`,
      `The JSON value could not be converted to System.String. Path: $.${name} | LineNumber: 0 | BytePositionInLine: 0.`,
    );
  };
  const blank = (model.filled ?? []).filter((key) => !(text(key) ?? '').trim());
  if (blank.length > 0) {
    throw new Refusal(
      invalid(Object.fromEntries(blank.map((key) => [key, `The ${key} field is required.`]))),
    );
  }
  return {
    has: (name) => values.has(name.toLowerCase()),
    text,
    flag: (name) => {
      const value = values.get(name.toLowerCase());
      return value === undefined || value === null ? undefined : value === true || value === 'true';
    },
    raw: (name) => values.get(name.toLowerCase()),
  };
}
