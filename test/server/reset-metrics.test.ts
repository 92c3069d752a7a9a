import { expect, it, onTestFinished, vi } from 'vitest';
import { createToken } from '../../server/secrets/token.ts';
import { createFakeSubject } from '../support/jellyfin/subject.ts';
import { createStage } from '../support/program/gatehouse.ts';
import { askForm, callApi, tokenIn } from '../support/program/split-stage.ts';

const PASSWORD = 'counted but not told';

it('metrics count what the reset service does, and name nobody', async () => {
  const subject = await createFakeSubject({ version: '10.11.11' });
  onTestFinished(() => subject.close());
  const stage = await createStage(subject);
  onTestFinished(() => stage.close());
  const read = async () => (await fetch(`${stage.url}/gatehouse/metrics`)).text();
  expect(await read()).toMatch(/^gatehouse_pins_accepted_total 0$/m);

  stage.inbox.refuse('temporary');
  await askForm(stage.url, 'alice');
  await askForm(stage.url, 'nobody');
  await vi.waitFor(async () => {
    const text = await read();
    expect(text).toMatch(/^gatehouse_messages_delayed_total\{lane="email"\} [1-9]/m);
    expect(text).toMatch(/^gatehouse_outbox_rows\{state="waiting"\} 1$/m);
    expect(text).toMatch(/^gatehouse_outbox_oldest_seconds (?!0$)\d/m);
  });
  stage.inbox.refuse('accept');
  const token = await tokenIn(stage, 1);
  await callApi(stage.url, 'links', { token: createToken() });
  await callApi(stage.url, 'passwords', { token: createToken(), password: PASSWORD });
  await callApi(stage.url, 'passwords', { token, password: PASSWORD });
  await callApi(stage.url, 'passwords', { token, password: PASSWORD });
  await stage.inbox.waitFor(2);

  await vi.waitFor(async () => {
    const text = await read();
    for (const line of [
      'gatehouse_reset_requests_total{source="form"} 2',
      'gatehouse_reset_requests_without_message_total{reason="unknown"} 1',
      'gatehouse_messages_sent_total{channel="email",kind="reset-link"} 1',
      'gatehouse_messages_sent_total{channel="email",kind="password-changed"} 1',
      'gatehouse_links_refused_total{state="unknown"} 2',
      'gatehouse_links_refused_total{state="used"} 1',
      'gatehouse_redemptions_total{event="password-changed"} 1',
      'gatehouse_outbox_rows{state="waiting"} 0',
      'gatehouse_outbox_oldest_seconds 0',
      'gatehouse_storage_up 1',
      'gatehouse_audit_rows_lost_total 0',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toMatch(/alice|nobody|127\.0\.0\.1|example\.org/);
  });
}, 90_000);
