import { expect, it } from 'vitest';
import { admit, KEY, runDoctor } from '../../support/program/doctor-fixture.ts';

it('doctor warns of rules that hide the Forgot Password button, unless it is hidden on purpose', async () => {
  const CustomCss = '#loginPage .raised.btnForgotPassword.emby-button { display: none }';
  const brand = ({ jellyfin }: Awaited<ReturnType<typeof admit>>) =>
    fetch(`${jellyfin.url}/System/Configuration/branding`, {
      method: 'POST',
      headers: { Authorization: `MediaBrowser Token="${KEY}"`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ CustomCss }),
    });
  const patient = await admit();
  expect((await runDoctor([], patient.folder)).out).not.toContain('branding-css');
  expect((await brand(patient)).status).toBe(204);
  const { code, out } = await runDoctor([], patient.folder);
  expect(out).toMatch(
    /^! branding-css {5}A rule in Jellyfin, .*Custom CSS code, hides the Forgot Password button/m,
  );
  expect(code).toBe(0);
  const meant = await admit({ lines: { mods: '{ forgot-password: { show: hide } }' } });
  await brand(meant);
  expect((await runDoctor([], meant.folder)).out).not.toContain('branding-css');
  const own = await admit({ lines: { mods: `{ custom-css: { css: '${CustomCss}' } }` } });
  expect((await runDoctor([], own.folder)).out).toMatch(
    /^! branding-css {5}A rule in mods\.custom-css hides/m,
  );
}, 60_000);
