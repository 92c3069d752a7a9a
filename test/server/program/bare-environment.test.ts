import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../support/files/temp-folder.ts';
import { freePort } from '../../support/network/free-port.ts';
import { startProgram } from '../../support/program/program.ts';

describe('gatehouse serve without a file', () => {
  it('serves what the environment says, and warns of what contradicts itself in it', async () => {
    const folder = await tempFolder();
    const before = process.cwd();
    process.chdir(folder);
    const starting = startProgram([], {
      GATEHOUSE_JELLYFIN__URL: 'http://127.0.0.1:9',
      GATEHOUSE_LISTEN__HOST: '127.0.0.1',
      GATEHOUSE_LISTEN__PORT: String(await freePort()),
      GATEHOUSE_MAIL__URL: 'smtp://127.0.0.1',
      GATEHOUSE_MAIL__FROM: 'films@example.org',
    }).finally(() => process.chdir(before));
    const program = await starting;
    const doubt = program.lines.find(({ event }) => event === 'config-doubtful');
    expect(doubt?.['problems']).toEqual([
      expect.stringMatching(
        /^GATEHOUSE_MAIL__\w+ mail: is for the password reset service, and there is none/,
      ),
    ]);
  });
});
