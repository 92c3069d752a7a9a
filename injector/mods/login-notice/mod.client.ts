import type { RunClient } from '../../client/client-mod.ts';
import type { NoticeLanguages } from './mod.ts';

/** Tells the rules of the notice which language to show: that of the client, which its server does not know. */
export const run: RunClient<NoticeLanguages> = ({ options, onPage, text }) => {
  const choose = () => document.documentElement.setAttribute('data-login-notice', text(options.languages));
  choose();
  onPage(['login'], () => choose() as undefined);
};
