import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeSubject } from '../../support/jellyfin/subject.ts';
import { startScriptedSmtp } from '../../support/mail/scripted-smtp.ts';
import { addContacts, createStage } from '../../support/program/gatehouse.ts';
import { ask } from '../../support/program/redeeming-stage.ts';

const MAIL_PASSWORD = `p@ss w/or$d+"x";y=z`;
const METRICS_TOKEN = 'tok.en/with+all=of_them~and-more/';

const lowerHex = (text: string): string => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

/** The ways in which programs write a text into a URL: browsers and Node, as a path, a query, a password or a form. */
function formsOf(secret: string): string[] {
  const url = new URL('http://a');
  url.password = secret;
  url.pathname = secret.replaceAll('?', '%3F').replaceAll('#', '%23');
  url.search = secret.replaceAll('#', '%23');
  const forms = [
    ...[secret, encodeURI(secret), encodeURIComponent(secret)],
    ...[url.password, url.pathname.slice(1), url.search.slice(1)],
    new URLSearchParams({ x: secret }).toString().slice(2),
    // What the strictest programs leave as it is: RFC 3986 section 2.3.
    encodeURIComponent(secret).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
  ];
  return [...new Set([...forms, ...forms.map(lowerHex)])];
}

it('a mail server that says our secrets back, in whatever form URLs have them, gets none into the log or the audit table', {
  timeout: 60_000,
}, async () => {
  const secrets = [MAIL_PASSWORD, METRICS_TOKEN];
  const forms = secrets.flatMap(formsOf);
  const people = forms.map((_, n) => `person${n}`);
  const subject = await createFakeSubject({
    version: '10.11.11',
    users: [
      { name: 'admin', password: 'admin-pw-1', isAdministrator: true },
      ...['alice', 'bob', ...people].map((name) => ({ name, password: 'x' })),
    ],
  });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const users = people.map((name) => ({ id: subject.fake?.user(name).id ?? '', name, password: 'x' }));
  await addContacts(stage.storagePath, { ...subject, users });
  let said = 0;
  const smtp = await startScriptedSmtp({
    ehlo: ['AUTH PLAIN'],
    script(command) {
      if (command !== 'RCPT') return undefined;
      said += 1;
      // Words of a mail server are cut when they are long, and the last of these in the middle of the password.
      if (said > forms.length) return { answer: `550 5.1.1 ${'x'.repeat(136)} ${MAIL_PASSWORD}` };
      return { answer: `550 5.1.1 BEGIN ${forms[said - 1]} END` };
    },
  });
  const login = `me:${encodeURIComponent(MAIL_PASSWORD)}`;
  await stage.apply(`listen: { host: 127.0.0.1, port: ${new URL(stage.url).port}, trustedProxies: [127.0.0.1] }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: { method: link }
mail: { url: '${smtp.url.replace('//', `//${login}@`)}', from: noreply@example.org }
metrics: { token: '${METRICS_TOKEN}' }
storage: ${stage.storagePath}
log: { level: trace }
${stage.house.lines}mods: { forgot-password: { show: check-your-messages } }
`);
  for (const [n, name] of people.entries()) expect(await ask(stage.url, name, `198.51.100.${n}`)).toBe(true);
  const dead = () => stage.log.events().filter((event) => event === 'message-dead').length;
  await expect.poll(dead, { timeout: 30_000 }).toBe(forms.length);
  expect(await ask(stage.url, 'alice')).toBe(true);
  const rows = await vi.waitFor(() => {
    const db = new DatabaseSync(stage.storagePath, { readOnly: true, timeout: 5_000 });
    const found = db.prepare("SELECT details FROM audit WHERE event = 'message-dead'").all();
    db.close();
    expect(found).toHaveLength(forms.length + 1);
    return found.map((row) => String(row['details'])).join('\n');
  }, 40_000);
  // JSON has quotes in another form.
  for (const written of [stage.log.text(), rows].map((text) => text.replaceAll('\\"', '"'))) {
    const places = [...written.matchAll(/BEGIN (.*?) END/g)].map(([, place]) => place);
    expect(places).toHaveLength(forms.length);
    expect(new Set(places)).toEqual(new Set(['[redacted]']));
    expect(forms.filter((form) => written.includes(form))).toEqual([]);
    expect(written).toContain('x'.repeat(130));
    expect(written).not.toContain(MAIL_PASSWORD.slice(4, 9));
  }
});
