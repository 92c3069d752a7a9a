import { describe, expect, it } from 'vitest';
import { askForm, callApi } from '../../support/program/split-stage.ts';
import { SERVICE_SECRET, setUpTwoMachines } from '../../support/program/two-machines.ts';

describe('the halves as two programs, over https', () => {
  it('serve people, survive each other, and show nobody the secret', { timeout: 120_000 }, async () => {
    const { inbox, subject, url, start } = await setUpTwoMachines();
    // The injector first: what it needs of the other is there when it is there.
    const injector = await start('injector');
    expect((await askForm(url, 'alice')).status).toBe(503);
    const first = await start('reset');
    inbox.refuse('hang');
    expect((await askForm(url, 'alice')).status).toBe(200);
    await first.end('SIGKILL');
    expect((await askForm(url, 'bob')).status).toBe(503);
    expect((await fetch(`${url}/web/index.html`)).status).toBe(200);

    inbox.refuse('accept');
    const second = await start('reset');
    const [message] = await inbox.waitFor(1, 30_000);
    expect(message?.to).toBe('alice@example.org');
    const token = /#([\w-]{43})/.exec(message?.text ?? '')?.[1];
    const password = 'a phrase nobody may log';
    expect((await callApi(url, 'passwords', { token, password })).status).toBe(200);
    expect((await fetch(`${url}/gatehouse/account`)).status).toBe(200);

    const logs = JSON.stringify([injector.lines, first.lines, second.lines]);
    for (const hidden of [SERVICE_SECRET, token ?? '?', password, subject.apiKey, 'alice@example.org']) {
      expect(logs).not.toContain(hidden);
    }
    const events = injector.lines.map(({ event }) => event);
    expect(events.filter((event) => event === 'reset-service-away')).toHaveLength(2);
    expect(events.filter((event) => event === 'reset-service-back')).toHaveLength(2);
    expect(await second.end('SIGTERM')).toBe(0);
    expect(await injector.end('SIGTERM')).toBe(0);
  });
});
