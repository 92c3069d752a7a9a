import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openRewritingStage, PAGE, type RewritingStage, sendPage, withoutStyle } from './stage.ts';

const FILM_BYTES = 64 * 1024;

/** A stage on which test mods misbehave; ask for `stage` inside a test. */
export interface BadMods {
  readonly stage: RewritingStage;
  /** Lets a film, the config and the page be served as Jellyfin does; so it is before each test. */
  answerAsJellyfin(): void;
  /** Switches the mod on beside two good ones, with an empty log. */
  switchOn(name: string): Promise<void>;
  /** What the log says of mods that were left out. */
  leftOut(): RewritingStage['log']['lines'];
  /**
   * Loads the page three times: each time it is there with the good mods, the bad one is named once with that error, and
   * the last two loads together take less than `limitMs`.
   */
  expectLeftOutOnce(name: string, error: string, limitMs: number): Promise<void>;
}

/** The injector with mods that misbehave, for all tests of a file. */
export function useBadMods(): BadMods {
  let opened: RewritingStage | undefined;
  const stageNow = (): RewritingStage => {
    if (opened === undefined) throw new Error('The stage is there while a test runs only.');
    return opened;
  };

  function answerAsJellyfin(): void {
    stageNow().answerAs((request, response) => {
      if (request.url === '/film') response.end(Buffer.alloc(FILM_BYTES));
      else if (request.url === '/web/config.json') {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end('{"multiserver":false}');
      } else sendPage(response, PAGE);
    });
  }

  async function switchOn(name: string): Promise<void> {
    answerAsJellyfin();
    stageNow().log.lines.length = 0;
    await stageNow().switchOn({ style: { colour: 'red' }, marks: {}, [name]: {} });
  }

  const leftOut = () => stageNow().log.lines.filter((line) => line['event'] === 'mod-left-out');

  beforeAll(async () => {
    opened = await openRewritingStage();
  });
  afterEach(() => answerAsJellyfin());
  afterAll(() => opened?.close());
  return {
    get stage() {
      return stageNow();
    },
    answerAsJellyfin,
    switchOn,
    leftOut,
    async expectLeftOutOnce(name, error, limitMs) {
      await switchOn(name);
      let started = 0;
      for (let round = 0; round < 3; round += 1) {
        const { status, body } = await stageNow().get('/web/');
        // One visitor waits for the first try; the others are served what was made then.
        if (round === 0) started = performance.now();
        expect(status).toBe(200);
        expect(withoutStyle(body)).toBe(PAGE.replace('<body>', '<body data-marked="yes">'));
      }
      expect(performance.now() - started).toBeLessThan(limitMs);
      expect(leftOut()).toEqual([{ level: 'error', event: 'mod-left-out', mod: name, hook: 'html', error }]);
    },
  };
}
