import { cpSync, globSync } from 'node:fs';

/** Data that compiled files read from beside themselves; the compiler copies none. */
const DATA_FILES = ['server/reset/common-passwords.txt', ...globSync('server/messages/texts/*.md')];

for (const file of DATA_FILES) cpSync(file, `dist/${file}`);
