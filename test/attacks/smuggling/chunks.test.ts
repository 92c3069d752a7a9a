import { CHUNKS } from './cases/chunks.ts';
import { runCases } from './run-cases.ts';

runCases('chunks', CHUNKS);
