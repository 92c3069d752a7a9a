import { createToken, hashToken } from '../../../server/secrets/token.ts';
import { openStorage } from '../../../server/storage/open-storage.ts';

/** Makes links of people without a mail. */
export interface LinkMaker {
  /** Answers the token of a link that is good for half an hour. */
  make(userId: string, userName: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the database at that path, which a program may use meanwhile. */
export async function createLinkMaker(storagePath: string): Promise<LinkMaker> {
  const storage = await openStorage(storagePath);
  let outboxId = 0;
  return {
    async make(userId, userName) {
      const token = createToken();
      outboxId -= 1;
      const expiresAt = Date.now() + 30 * 60_000;
      await storage.links.add({ tokenHash: hashToken(token), userId, userName, outboxId, expiresAt });
      return token;
    },
    close: () => storage.close(),
  };
}
