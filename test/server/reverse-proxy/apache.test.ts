import { startApache as start } from '../../support/network/apache.ts';
import { testFront } from './front.contract.ts';
import { testMedia } from './media.contract.ts';

testFront({ name: 'apache', start, changes: /^\/\// });
testMedia('apache', start, false);
