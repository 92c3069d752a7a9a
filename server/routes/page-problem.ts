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

/** The reset service is away, or its database. */
export const UNAVAILABLE_PAGE: PageProblem = {
  status: 503,
  title: 'Not available at the moment',
  sentence: 'Passwords cannot be reset right now. Please try again in a few minutes.',
};

/** The page, as HTML. */
export function drawPageProblem({ title, sentence }: PageProblem): string {
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title}</title><h1>${title}</h1><p>${sentence}</p></html>\n`
  );
}

/**
 * Answers with a small page. Its words are constants of ours: nothing of the request is shown, so there is nothing
 * to escape.
 */
export function sendPageProblem(response: Response, problem: PageProblem): void {
  response.status(problem.status).type('html').send(drawPageProblem(problem));
}
