/**
 * Knows the hashes of a build: those that stand in the text of a page, and in the scripts it names, which hold the names of
 * all files that are loaded late. What has another one is not of this build, whoever asks for it.
 */
export interface BuildNames {
  /** What is known of a page by now. */
  known(page: string): ReadonlySet<string> | undefined;
  /**
   * Reads the page and its scripts; once for a page, or up to five times while a script cannot be read. Never rejects.
   *
   * @param page Names the page; another text has another name.
   */
  read(page: string, html: string): Promise<ReadonlySet<string>>;
}

/** The names of scripts in a page, and at most how many are read; the largest real page has 32. */
const SCRIPT = /\ssrc=["']?([^"'\s>]{1,300})/g;
const MAX_SCRIPTS = 100;
const MAX_READINGS = 5;

/** As webpack of jellyfin-web writes hashes of contents and builds. Source: jellyfin-web 10.8 to 12.0, dist. */
const HASH = /(?<![0-9a-f])[0-9a-f]{20}(?![0-9a-f])/g;

/**
 * Makes one that knows nothing yet.
 *
 * @param readScript The bytes of a script by its name relative to the page; undefined when they cannot be had.
 */
export function createBuildNames(readScript: (src: string) => Promise<Buffer | undefined>): BuildNames {
  let current: { page: string; hashes: ReadonlySet<string> } | undefined;
  let tried = { page: '', times: 0 };
  let underWay: { page: string; reading: Promise<ReadonlySet<string>> } | undefined;

  async function readAll(page: string, html: string): Promise<ReadonlySet<string>> {
    const hashes = new Set(hashesOf(html));
    const scripts = new Set([...html.matchAll(SCRIPT)].map(([, src]) => src ?? ''));
    tried = { page, times: tried.page === page ? tried.times + 1 : 1 };
    let isWhole = true;
    // One after the other, so that no more than one of them is looked through without a pause.
    for (const src of [...scripts].slice(0, MAX_SCRIPTS)) {
      const script = await readScript(src);
      if (script === undefined) isWhole = false;
      else for (const hash of hashesOf(script.toString('latin1'))) hashes.add(hash);
    }
    if (isWhole || tried.times >= MAX_READINGS) current = { page, hashes };
    return hashes;
  }

  return {
    known: (page) => (current?.page === page ? current.hashes : undefined),
    async read(page, html) {
      if (current?.page === page) return current.hashes;
      if (underWay?.page === page) return underWay.reading;
      const mine = { page, reading: readAll(page, html) };
      underWay = mine;
      try {
        return await mine.reading;
      } finally {
        if (underWay === mine) underWay = undefined;
      }
    },
  };
}

/** All hashes in a text, an address for example. */
export function hashesOf(text: string): readonly string[] {
  return text.match(HASH) ?? [];
}
