import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStorage } from '../../../../server/storage/open-storage.ts';
import { makeCertificate } from '../../../support/network/certificates.ts';
import { type PostgresServer, startPostgres } from '../../../support/storage/postgres.ts';

const ours = makeCertificate('postgres');
const foreign = makeCertificate('somebody else');
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
  await server.useCertificate(ours);
});
afterAll(() => server.close());

async function isEncrypted(parameters: string): Promise<unknown> {
  const url = server.freshUrl();
  const storage = await openStorage(`${url}&${parameters}`);
  const rows =
    await server.run(`SELECT bool_and(ssl) AS ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
    WHERE application_name = 'gatehouse'`);
  await storage.close();
  return rows[0]?.['ssl'];
}

test.each([
  ['sslmode=disable', false],
  ['sslmode=require', true],
  [`sslmode=require&sslrootcert=${ours.certFile}`, true],
  [`sslmode=verify-ca&sslrootcert=${ours.certFile}`, true],
  [`sslmode=verify-full&sslrootcert=${ours.certFile}`, true],
])('%s: encrypted is %s', async (parameters, expected) => {
  expect(await isEncrypted(parameters)).toBe(expected);
});

test.each([
  'sslmode=verify-full',
  'sslmode=verify-ca',
  `sslmode=verify-full&sslrootcert=${foreign.certFile}`,
  `sslmode=require&sslrootcert=${foreign.certFile}`,
])('%s: a certificate that is not to be trusted is refused', async (parameters) => {
  const opened = openStorage(server.url(parameters));
  await expect(opened).rejects.toMatchObject({
    code: 'storage-refused',
    message: expect.stringContaining('certificate is not to be trusted'),
  });
});

test('verify-full alone looks at the name', async () => {
  const url = (mode: string) =>
    server
      .freshUrl()
      .replace('127.0.0.1', '127.0.0.2')
      .concat(`&sslmode=${mode}&sslrootcert=${ours.certFile}`);
  await (await openStorage(url('verify-ca'))).close();
  await expect(openStorage(url('verify-full'))).rejects.toMatchObject({ code: 'storage-refused' });
});

test('a file of authorities that is not there is named', async () => {
  await expect(openStorage(server.url('sslmode=verify-full&sslrootcert=/missing.pem'))).rejects.toMatchObject(
    {
      code: 'storage-refused',
      message: expect.stringContaining('/missing.pem'),
    },
  );
});
