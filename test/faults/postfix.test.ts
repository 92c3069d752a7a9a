import { describe, expect, it, onTestFinished } from 'vitest';
import { createJellyfinCaller } from '../support/jellyfin/jellyfin-caller.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { ensurePostfix, startPostfix } from '../support/mail/postfix.ts';
import { createStage } from '../support/program/gatehouse.ts';

describe('mail through a real Postfix', { timeout: 300_000 }, () => {
  it('arrives over STARTTLS, once, unchanged, and its link sets the password', async () => {
    ensurePostfix();
    const subject = await createFakeSubject({ version: '10.11.11' });
    onTestFinished(() => subject.close());
    const stage = await createStage(subject);
    onTestFinished(() => stage.close());
    const postfix = await startPostfix(stage.inbox.port);
    onTestFinished(() => postfix.close());
    await stage.apply(`listen: { host: 127.0.0.1, port: ${new URL(stage.url).port} }
public: { url: '${stage.url}' }
jellyfin: { url: '${subject.url}', apiKey: ${subject.apiKey} }
reset: {}
mail: { url: 'smtp://127.0.0.1:${postfix.port}', from: Jellyfin ät home <noreply@example.org> }
storage: ${stage.storagePath}
mods: { forgot-password: { show: check-your-messages } }
`);
    const people = createJellyfinCaller(stage.url);
    await people.call('POST', '/Users/ForgotPassword', '', { EnteredUsername: 'alice' });
    const [mail] = await stage.inbox.waitFor(1, 60_000);
    const [link = ''] = /http\S+#[\w-]{43}/.exec(mail?.text ?? '') ?? [];
    expect(mail?.to).toBe('alice@example.org');
    expect(link.startsWith(`${stage.url}/gatehouse/reset#`)).toBe(true);
    expect(mail?.html).toContain(link);

    const answer = await fetch(`${stage.url}/gatehouse/api/passwords`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        token: link.slice(link.indexOf('#') + 1),
        password: 'through a real mail server',
      }),
    });
    expect(answer.status).toBe(200);
    expect((await people.signIn('alice', 'through a real mail server')).status).toBe(200);
    await stage.inbox.waitFor(2, 60_000);

    const log = await postfix.log();
    expect(log.match(/status=sent/g)).toHaveLength(2);
    expect(log).toMatch(/message-id=<[\w-]+@example\.org>/);
    expect(log).toMatch(/TLS connection established from .*TLSv1\.3/);
    expect(log).not.toContain('reject');
    expect(log).not.toContain(link.slice(-43));
  });
});
