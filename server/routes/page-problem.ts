import type { Response } from 'express';

/** What is told to somebody who came with a browser to an address that has no page. */
export interface PageProblem {
  readonly status: number;
  readonly title: string;
  readonly sentence: string;
}

/** No such page. */
export const NO_SUCH_PAGE: PageProblem = {
  status: 404,
  title: 'Not found',
  sentence: 'There is no page at this address.',
};

/** The address is there, but not for this method. */
export const WRONG_METHOD: PageProblem = {
  status: 405,
  title: 'Not possible here',
  sentence: 'This address can only be read.',
};

/** Something broke on our side. */
export const BROKEN_PAGE: PageProblem = {
  status: 500,
  title: 'Something went wrong',
  sentence: 'The page could not be shown. Tell the person who runs this server.',
};

/**
 * Answers with a small page. Its words are constants of ours: nothing of the request is shown, so there is nothing
 * to escape.
 */
export function sendPageProblem(response: Response, { status, title, sentence }: PageProblem): void {
  response
    .status(status)
    .type('html')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${title}</title><h1>${title}</h1><p>${sentence}</p></html>\n`,
    );
}
