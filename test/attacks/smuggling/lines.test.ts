import { ABSOLUTE, HOSTS } from './cases/hosts.ts';
import { LINES } from './cases/lines.ts';
import { runCases } from './run-cases.ts';

for (const [group, cases] of Object.entries(LINES)) runCases(group, cases);
runCases('Host', HOSTS);
runCases('the absolute form', ABSOLUTE);
