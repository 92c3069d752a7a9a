import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { tempFolder } from '../files/temp-folder.ts';
import { freePort } from '../network/free-port.ts';
import { type Program, startProgram } from '../program/program.ts';

/** A Gatehouse at its first start, in an empty folder. */
export interface FirstStart {
  readonly folder: string;
  readonly file: string;
  readonly port: number;
  readonly url: string;
  /** Starts it, or starts it anew. */
  start(variables?: Readonly<Record<string, string>>): Promise<Program>;
}

/** Prepares one; it is gone after the running test. @param text What `config.yaml` says already. @default there is none */
export async function prepareFirstStart(): Promise<FirstStart> {
  const [folder, port] = [await tempFolder(), await freePort()];
  const file = join(folder, 'config.yaml');
  const where = { GATEHOUSE_LISTEN__PORT: String(port), GATEHOUSE_LISTEN__HOST: '127.0.0.1' };
  return {
    ...{ folder, file, port, url: `http://localhost:${port}` },
    start: (variables = {}) => startProgram(['--setup', '--config', file], { ...where, ...variables }),
  };
}

/** Reads the newest code from the log, once that many were logged. */
export async function readCode({ lines }: Pick<Program, 'lines'>, count = 1): Promise<string> {
  const codes = () => lines.filter(({ event }) => event === 'setup-code');
  await vi.waitFor(() => expect(codes().length).toBeGreaterThanOrEqual(count), 20_000);
  return String(codes().at(-1)?.['code']);
}

/** A program that speaks as a browser would. */
export interface FormSender {
  /** The page as it is now; with its status before it. */
  look(): Promise<{ readonly status: number; readonly text: string }>;
  /** Sends a form and answers the status; keeps the cookie that comes. */
  send(fields: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<number>;
  /** Waits for a question, and sends the answer to it; a button by `choice`. */
  reply(question: string, typed: string, choice?: string): Promise<void>;
  /** Waits until the page says that. */
  see(words: string): Promise<string>;
}

/** Makes one. @param always Headers of each of its requests. */
export function createFormSender(url: string, always: Readonly<Record<string, string>> = {}): FormSender {
  const address = `${url}/gatehouse/setup`;
  let cookie = '';
  const look = async () => {
    const answer = await fetch(address, { headers: { cookie, ...always }, redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  };
  const send: FormSender['send'] = async (fields, headers = {}) => {
    const answer = await fetch(address, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: url, ...always, ...headers },
      body: new URLSearchParams(fields),
    });
    cookie = /^[^;]+/.exec(answer.headers.get('set-cookie') ?? cookie)?.[0] ?? '';
    await answer.text();
    return answer.status;
  };
  const see = async (words: string) =>
    await vi.waitFor(
      async () => {
        const { text } = await look();
        expect(text).toContain(words);
        return text;
      },
      { timeout: 30_000, interval: 50 },
    );
  return {
    ...{ look, send, see },
    async reply(question, typed, choice) {
      const id = /name="question" value="([^"]+)"/.exec(await see(question))?.[1] ?? 'none';
      await send({ question: id, answer: typed, ...(choice === undefined ? {} : { choice }) });
    },
  };
}

/** Opens the page, types the code and waits for the first question. */
export async function openSetup(page: Page, url: string, code: string): Promise<void> {
  await page.goto(`${url}/gatehouse/setup`);
  await page.getByLabel('Code from the log').fill(code);
  await page.keyboard.press('Enter');
  await page.getByLabel('Address of Jellyfin').waitFor();
}

/** Waits for a question with a field, types and sends the answer. Empty: takes what stands there. */
export async function reply(page: Page, question: string | RegExp, typed = ''): Promise<void> {
  const field = page.getByLabel(question);
  await field.waitFor({ timeout: 60_000 });
  if (typed !== '') await field.fill(typed);
  await page.getByRole('button', { name: 'Go on' }).click();
}

/** Waits for words, and presses a button. */
export async function press(page: Page, words: string | RegExp, button: string): Promise<void> {
  await page.getByText(words).first().waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: button, exact: true }).click();
}
