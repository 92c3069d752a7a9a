import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CONNECTION_LIMITS } from '../../../server/split/limits.ts';

it('SECURITY.md names every limit of the line with its value (ASVS 5.0 6.1.1)', () => {
  const text = readFileSync('SECURITY.md', 'utf8');
  const part = text.slice(text.indexOf('### Between injector'), text.indexOf('### My Account'));
  const cells = [...part.matchAll(/^\| (?!what |---)[^|]+ \| ([^|]*) \| ([^|]*) \|/gm)];
  const seconds = (ms: number): string => `${ms / 1_000} s`;
  const { address, answerMs, bodyBytes, callConnections, callMs, connections, connectMs } = CONNECTION_LIMITS;
  const { headers, loginMs, loginRestMs, reportMs } = CONNECTION_LIMITS;
  expect(cells.map(([, most]) => most)).toEqual([
    `${connections}`,
    `${callConnections}`,
    seconds(connectMs),
    seconds(callMs),
    seconds(loginMs),
    seconds(reportMs),
    seconds(answerMs),
    `${bodyBytes / 1024} KiB`,
    `${address} characters`,
    `${headers / 1024} KiB`,
  ]);
  expect(cells[4]?.[2]).toContain(`not asked again for ${seconds(loginRestMs)}`);
});
