import { expect, it, onTestFinished } from 'vitest';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';

it('messages are in the language of the configuration where the browser asks for none of ours', async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject, { more: 'language: de' });
  onTestFinished(() => stage.close());
  const ask = (language: string) =>
    fetch(`${stage.url}/Users/ForgotPassword`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
      body: '{"EnteredUsername":"alice"}',
    });
  await ask('xx');
  expect((await stage.inbox.waitFor(1))[0]?.html).toContain('<html lang="de" ');
  await ask('fr');
  expect((await stage.inbox.waitFor(2))[1]?.html).toContain('<html lang="fr" ');
});
