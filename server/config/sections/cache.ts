import { z } from 'zod';

/** What of the web client is kept, so that Jellyfin need not be asked for it each time. */
export const cacheSection = z
  .strictObject({
    web: z.boolean().default(true).meta({
      description:
        "Keeps the web client's scripts, styles and fonts, compressed well, and lets the page announce those it asks for late. false passes all of them through.",
    }),
    memoryMegabytes: z.int().min(1).max(4096).default(64).meta({
      description: 'Most megabytes of them in memory.',
    }),
    diskMegabytes: z.int().min(1).max(65_536).default(512).meta({
      description: 'Most megabytes of them on the disk.',
    }),
    folder: z.string().min(1).optional().meta({
      description:
        "Folder they are in, relative to this file's folder; made when it is missing, and of no worth to anybody else. Default: gatehouse-cache beside the database.",
    }),
  })
  .prefault({})
  .meta({ description: "What is kept of Jellyfin's web client." });
