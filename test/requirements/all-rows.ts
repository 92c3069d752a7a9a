import { ASVS_ACCOUNT_ROWS } from './asvs-accounts.ts';
import { ASVS_WEB_ROWS } from './asvs-web.ts';
import { FAULT_ROWS } from './availability.ts';
import { NIST_ROWS } from './nist.ts';
import { OWASP_ROWS, OWASP_ROWS_IF_USED } from './owasp.ts';
import { PROMISE_ROWS } from './promises.ts';
import type { Row } from './row.ts';

/** Every rule, fault and promise. */
export const ALL_ROWS: readonly Row[] = [
  ...[...OWASP_ROWS, ...OWASP_ROWS_IF_USED, ...ASVS_ACCOUNT_ROWS, ...ASVS_WEB_ROWS, ...NIST_ROWS],
  ...[...FAULT_ROWS, ...PROMISE_ROWS],
];
