import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClientAddresses } from '../../../injector/addresses/client-address.ts';
import { createHiddenClients, MOST_PROXIES } from '../../../injector/admission/hidden-clients.ts';
import { createKeptLog } from '../../support/log/quiet-log.ts';
import { openGuardedFront } from '../../support/network/guarded-front.ts';

function requestFrom(peer: string, headers: Record<string, string> = { 'x-forwarded-for': '203.0.113.9' }) {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: peer });
  const request = new IncomingMessage(socket);
  request.headers = { ...headers };
  request.rawHeaders = Object.entries(headers).flat();
  return request;
}

function watch(trusted: string[] = []) {
  const log = createKeptLog();
  const clock = { now: 0 };
  const addresses = createClientAddresses(trusted);
  return { log, clock, hidden: createHiddenClients(addresses, log, () => clock.now) };
}

describe('a peer that names a client and is not in trustedProxies', () => {
  it.each(['X-Forwarded-For: 203.0.113.7', 'X-Real-IP: 203.0.113.7', 'Forwarded: for=203.0.113.7'])(
    'is told of at its first request, whatever that asks for: %s',
    async (header) => {
      const front = await openGuardedFront();
      onTestFinished(() => front.close());
      await front.setUp('each-client', { trustedProxies: [] });
      await front.ask('GET /System/Info/Public', undefined);
      expect(front.log.lines.map(({ event }) => event)).not.toContain('trusted-proxies-missing');
      for (let count = 0; count < 3; count += 1)
        await front.ask('GET /System/Info/Public', undefined, `${header}\r\n`);
      const told = front.log.lines.filter(({ event }) => event === 'trusted-proxies-missing');
      expect(told).toEqual([
        expect.objectContaining({
          level: 'warn',
          peer: '127.0.0.1',
          fix: expect.stringContaining(
            "write it into the configuration, listen: { trustedProxies: ['127.0.0.1'] }",
          ),
        }),
      ]);
    },
  );

  it('is named as it must be written into the configuration, which then silences it', () => {
    const { hidden, log } = watch();
    hidden.glance(requestFrom('::ffff:172.18.0.1'));
    expect(log.lines).toMatchObject([{ event: 'trusted-proxies-missing', peer: '172.18.0.1' }]);
    const after = watch(['172.18.0.1']);
    after.hidden.glance(requestFrom('::ffff:172.18.0.1'));
    expect([after.log.lines, after.hidden.list()]).toEqual([[], []]);
  });

  it('costs one line each and all together one a minute, and is not forgotten meanwhile', () => {
    const { hidden, log, clock } = watch();
    for (let peer = 1; peer < 200; peer += 1) {
      hidden.glance(requestFrom(`203.0.113.${peer}`));
      hidden.glance(requestFrom('10.0.0.2'));
    }
    expect(log.lines).toHaveLength(1);
    expect(hidden.list()).toHaveLength(MOST_PROXIES);
    expect(hidden.list()).toContainEqual({ peer: '10.0.0.2', why: 'unnamed' });
    clock.now = 60_000;
    for (let count = 0; count < 9; count += 1) hidden.glance(requestFrom('10.0.0.2'));
    clock.now = 120_000;
    for (let count = 0; count < 9; count += 1) hidden.glance(requestFrom('10.0.0.2'));
    expect(log.lines.map(({ peer }) => peer)).toEqual(['203.0.113.1', '10.0.0.2']);
  });

  it('stays the one that works, among many strangers that look like one each', () => {
    const { hidden } = watch();
    hidden.glance(requestFrom('10.0.0.2'));
    for (let peer = 1; peer < 15; peer += 1) hidden.glance(requestFrom(`203.0.113.${peer}`));
    hidden.glance(requestFrom('10.0.0.2'));
    for (let peer = 15; peer < 25; peer += 1) hidden.glance(requestFrom(`203.0.113.${peer}`));
    expect(hidden.list()).toContainEqual({ peer: '10.0.0.2', why: 'unnamed' });
  });
});
