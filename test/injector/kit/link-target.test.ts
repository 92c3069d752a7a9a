import { expect, it } from 'vitest';
import { linkTarget } from '../../../injector/kit/link-target.ts';

it.each([
  'https://www.example.org/a?b=c#d',
  'http://nas/wishes',
  '../gatehouse/account',
  '/status',
  'mailto:ada@example.org',
  'mailto:ada@example.org?subject=Hello',
])('a link may lead to %s', (target) => {
  expect(linkTarget().safeParse(target).success).toBe(true);
});

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,hello',
  '//elsewhere.example.org',
  '/\\elsewhere.example.org',
  'https:elsewhere.example.org',
  'mailto:',
  'mailto:ada@example.org b@example.org',
  '#/home',
])('a link may not lead to %s', (target) => {
  expect(linkTarget().safeParse(target).success).toBe(false);
});
