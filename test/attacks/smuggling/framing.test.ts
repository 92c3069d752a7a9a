import { FRAMING } from './cases/framing.ts';
import { runCases } from './run-cases.ts';

runCases('lengths and codings', FRAMING);
