import type { Mod } from '../kit/define-mod.ts';
import { createPlan, type Plan } from '../kit/plan.ts';
import { rewriteFile } from './rewrite-file.ts';
import type { Failure, FromWorker, Order, Setup, ToWorker } from './worker-protocol.ts';

/*
 * The process in which mods run; `rewrite-worker.ts` starts, watches and ends it. It ends by itself when the program is gone,
 * since nothing but the channel keeps it alive.
 */

let plan: Plan | undefined;

const tell = (message: FromWorker): void => void process.send?.(message);

async function prepare({ modsUrl, enabled, jellyfinVersion }: Setup): Promise<Plan> {
  const { MODS } = (await import(modsUrl)) as { MODS: readonly Mod[] };
  // The program has made the same plan and reported who takes no part.
  return createPlan({ mods: MODS, enabled, jellyfinVersion, onFailure: () => undefined });
}

function work(current: Plan, order: Order): FromWorker {
  const failures: Failure[] = [];
  try {
    const bytes = rewriteFile(
      current,
      order,
      (mod, hook) => {
        tell({
          kind: 'stage',
          ...(mod === undefined ? {} : { mod }),
          ...(hook === undefined ? {} : { hook }),
        });
      },
      ({ mod, hook, error }) => failures.push({ mod, hook, error: String(error) }),
    );
    return { kind: 'done', failures, ...(bytes === undefined ? {} : { bytes }) };
  } catch (error) {
    // The engine itself gave up, e.g. at tags nested a million deep: no mod is to blame.
    failures.push({ mod: 'gatehouse', hook: order.route, error: String(error) });
    return { kind: 'done', failures };
  }
}

process.on('message', (message: ToWorker) => {
  if (message.kind === 'order' && plan !== undefined) tell(work(plan, message.order));
  if (message.kind !== 'setup') return;
  prepare(message.setup).then(
    (made) => {
      plan = made;
      tell({ kind: 'ready' });
    },
    (error: unknown) => tell({ kind: 'unusable', error: String(error) }),
  );
});
