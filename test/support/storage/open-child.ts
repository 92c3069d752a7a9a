/** A process that opens the storage it is named, made to be killed. Prints `begin`, and `end` when it is open. */
import { openStorage } from '../../../server/storage/open-storage.ts';

process.stdout.write('begin\n');
const storage = await openStorage(process.argv[2] ?? '');
process.stdout.write('end\n');
await storage.close();
