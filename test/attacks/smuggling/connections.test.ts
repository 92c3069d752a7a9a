import { CONNECTIONS } from './cases/connections.ts';
import { PIPELINES, UPGRADES } from './cases/pipelines.ts';
import { runCases } from './run-cases.ts';

for (const [group, cases] of Object.entries(CONNECTIONS)) runCases(group, cases);
runCases('pipelines', PIPELINES);
runCases('upgrades', UPGRADES);
