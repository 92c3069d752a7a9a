import { startHaproxy as start } from '../../support/network/haproxy.ts';
import { testFront } from './front.contract.ts';
import { testMedia } from './media.contract.ts';

testFront({ name: 'haproxy', start });
testMedia('haproxy', start, false);
