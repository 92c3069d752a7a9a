import { onTestFinished } from 'vitest';
import { createFakeSubject } from '../jellyfin/subject.ts';
import { type ConfigLines, createStage, type Stage } from './gatehouse.ts';

/** A stage whose injector and reset service are two halves; gone after the running test. */
export async function openSplitStage(lines: ConfigLines = {}): Promise<Stage> {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, lines, true);
  onTestFinished(() => stage.close());
  return stage;
}

/** Sends what Jellyfin's Forgot Password form sends. */
export function askForm(url: string, name: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/Users/ForgotPassword`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ EnteredUsername: name }),
  });
}

/** Sends a call of our pages. */
export function callApi(
  url: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/gatehouse/api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** The token in the n-th message, once it is there; counted from 1. */
export async function tokenIn(stage: Stage, number: number): Promise<string> {
  const message = (await stage.inbox.waitFor(number))[number - 1];
  const token = /#([\w-]{43})/.exec(message?.text ?? '')?.[1];
  if (token === undefined) throw new Error('the message has no link');
  return token;
}
