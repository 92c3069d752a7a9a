import { expect, it } from 'vitest';
import { STEPS } from '../../../injector/answers/dispatch.ts';

it('a request meets the steps in this order: ours, in place of Jellyfin, the guard, files, and Jellyfin itself last', () => {
  expect(STEPS.map(({ name }) => name)).toEqual([
    ...['limitBody', 'setOwnHeaders'],
    ...['answerStatus', 'answerAsset', 'answerOwnPage'],
    ...['answerForgotPassword', 'answerSignIn'],
    ...['guardPath', 'showWaitingPage'],
    ...['answerRewritten', 'answerKept', 'passOn'],
  ]);
});
