import { startCaddy as start } from '../../support/network/caddy.ts';
import { testFront } from './front.contract.ts';
import { testMedia } from './media.contract.ts';

testFront({ name: 'caddy', start, changes: /[\\#\u0080-\uffff]/ });
testMedia('caddy', start, true);
