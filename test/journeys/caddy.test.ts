import { expect, it, onTestFinished } from 'vitest';
import { askForgotPassword, openJellyfin, shownPage, signIn } from '../support/browser/jellyfin-screen.ts';
import { choosePassword } from '../support/browser/method-journeys.ts';
import { useChromium } from '../support/browser/use-chromium.ts';
import { createFakeSubject, type SubjectUser } from '../support/jellyfin/subject.ts';
import { startCaddy } from '../support/network/caddy.ts';
import { makeCertificate } from '../support/network/certificates.ts';
import { generateFront } from '../support/network/generated-front.ts';
import { useStage } from '../support/program/gatehouse.ts';

const browser = useChromium();
const staged = useStage(() => createFakeSubject({ version: '10.11.11' }));

it('behind the caddy of `gatehouse reverse-proxy`, over https, the login page has its mods and a password is chosen', {
  timeout: 120_000,
}, async () => {
  const { subject, stage } = staged();
  const caddy = await startCaddy(await generateFront('caddy', stage.configPath, true), makeCertificate());
  onTestFinished(() => caddy.close());
  const url = `https://127.0.0.1:${caddy.port}`;
  await stage.reload({
    trustedProxies: '127.0.0.1',
    publicUrl: url,
    mods: 'forgot-password: { show: check-your-messages }\n  login-notice: { text: Closed on Sunday }',
  });
  const { name } = subject.users[0] as SubjectUser;
  const screen = await openJellyfin(browser(), `${url}/web/index.html`, 'en-US', { ignoreHTTPSErrors: true });
  onTestFinished(() => screen.close());
  await screen.page.getByText('Closed on Sunday').waitFor();

  expect(await askForgotPassword(screen.page, name)).toMatch(/link is on its way/i);
  const [message] = await stage.inbox.waitFor(1, 60_000);
  const link = /https:\/\/\S+\/gatehouse\/reset#[\w-]{43}/.exec(message?.text ?? '')?.[0] ?? '';
  expect(link.startsWith(`${url}/`)).toBe(true);
  await screen.page.goto(link);
  await choosePassword(screen.page, 'a phrase for Caddy');
  await screen.page.goto(`${url}/web/index.html`);
  await shownPage(screen.page, '#loginPage');
  await signIn(screen.page, name, 'a phrase for Caddy');

  expect(stage.log.events()).not.toContain('request-failed');
  expect(screen.errors).toEqual([]);
});
