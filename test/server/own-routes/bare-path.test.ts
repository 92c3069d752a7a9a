import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { createStage } from '../../support/program/gatehouse.ts';

/** Asks without following, and says where a browser would go. */
async function leadFrom(url: string, method = 'GET'): Promise<{ status: number; to: string | undefined }> {
  const answer = await fetch(url, { method, redirect: 'manual' });
  await answer.arrayBuffer();
  const location = answer.headers.get('location');
  return { status: answer.status, to: location === null ? undefined : new URL(location, url).href };
}

describe.each(['', '/jellyfin'])('below the base URL "%s"', (baseUrl) => {
  it('what is typed without a page leads to My Account, and only by reading it', async () => {
    const subject = await createFakeSubject({ version: '10.11.11', ...(baseUrl === '' ? {} : { baseUrl }) });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const to = `${stage.url}/gatehouse/account`;
    for (const typed of ['/gatehouse', '/gatehouse/', '/gatehouse/?next=//evil.example', '/Gatehouse/']) {
      const led = await leadFrom(`${stage.url}${typed}`);
      expect({ ...led, to: led.to?.toLowerCase() }).toEqual({ status: 302, to });
    }
    expect(await leadFrom(`${stage.url}/gatehouse/`, 'HEAD')).toEqual({ status: 302, to });
    // Not to another place by a whole address, which a proxy in front would have to know.
    const { headers } = await fetch(`${stage.url}/gatehouse`, { redirect: 'manual' });
    expect(headers.get('location')).toBe('gatehouse/account');
    expect((await fetch(`${stage.url}/gatehouse`)).status).toBe(200);
    expect((await leadFrom(`${stage.url}/gatehouse/`, 'POST')).status).toBeGreaterThanOrEqual(400);
    expect((await leadFrom(`${stage.url}/gatehouse/nothing`)).status).toBe(404);
  });
});
