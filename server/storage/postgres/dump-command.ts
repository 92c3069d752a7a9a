import type { PostgresAddress } from './address.ts';

/** The command that dumps our schema to a file; asks for the password by itself. */
export function dumpCommand(address: PostgresAddress, file: string): string {
  return `pg_dump ${server(address)} --schema=${address.schema} --file=${quote(file)} ${quote(address.database)}`;
}

/** The command that brings such a dump back, into a database where our schema was dropped or never was. */
export function restoreCommand(address: PostgresAddress, file: string): string {
  return `psql ${server(address)} --single-transaction --set=ON_ERROR_STOP=1 --file=${quote(file)} ${quote(address.database)}`;
}

function server({ host, port, user }: PostgresAddress): string {
  return `--host=${quote(host)} --port=${port} --username=${quote(user)}`;
}

/** As a POSIX shell reads it; plain words stay plain. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
