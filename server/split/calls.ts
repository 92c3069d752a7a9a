import type { z } from 'zod';
import type { ResetSide } from '../reset-slot.ts';
import { AskCall, BeginLoginCall, EndLoginCall, PATHS, PinCall } from './line-terms.ts';

/** One call; undefined when the body is not what it takes, or it is not done here. Fails when the service does. */
type Call = (body: Buffer) => Promise<unknown>;

/** The methods of the port by their paths, as the reset service does them. */
export function createCalls(reset: Omit<ResetSide, 'answer' | 'close'>): {
  readonly [path: string]: Call | undefined;
} {
  return {
    [PATHS.askReset]: taking(AskCall, async ({ acceptLanguage, ...asked }) => {
      return { answer: await reset.askReset({ ...asked, acceptLanguage }) };
    }),
    [PATHS.redeemPin]: taking(PinCall, async (attempt) => reset.redeemPin?.(attempt)),
    [PATHS.beginLogin]: taking(BeginLoginCall, async ({ attempt }) => reset.login?.begin(attempt)),
    [PATHS.endLogin]: taking(EndLoginCall, async ({ attempt, outcome }) => {
      await reset.login?.end(attempt, outcome);
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
