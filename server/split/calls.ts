import type { z } from 'zod';
import type { ResetSide } from '../reset-slot.ts';
import { AskCall, PATHS } from './line-terms.ts';

/** One call; undefined when the body is not what it takes. Fails when the service does. */
type Call = (body: Buffer) => Promise<unknown>;

/** The methods of the port by their paths, as the reset service does them. */
export function createCalls(reset: Pick<ResetSide, 'askReset' | 'report'>): {
  readonly [path: string]: Call | undefined;
} {
  return {
    [PATHS.askReset]: taking(AskCall, async ({ acceptLanguage, ...asked }) => {
      await reset.askReset({ ...asked, acceptLanguage });
      return {};
    }),
    [PATHS.report]: () => reset.report(),
  };
}

function taking<Schema extends z.ZodType>(
  schema: Schema,
  answer: (body: z.output<Schema>) => Promise<unknown>,
): Call {
  return async (bytes) => {
    const body = schema.safeParse(parse(bytes));
    return body.success ? answer(body.data) : undefined;
  };
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
