import type { RunClient } from '../client/client-mod.ts';
import type { ForgotPasswordLead } from './forgot-password.ts';

/** Leads people from the Forgot Password button, and from its page however they got there, to where the admin wants them. */
export const run: RunClient<ForgotPasswordLead> = ({
  options,
  onPage,
  onPress,
  showPage,
  gatehouseUrl,
  leaveTo,
}) => {
  const { to } = options;
  if (to === 'login') {
    onPage(['forgotPassword'], () => {
      showPage('login');
    });
    return;
  }
  const url = to === 'account' ? gatehouseUrl('account') : to.url;
  onPress('forgotPasswordButton', (press) => {
    press.prevent();
    leaveTo(url);
  });
  // Back must not end on the page that leads away again.
  onPage(['forgotPassword'], () => {
    leaveTo(url, { replace: true });
  });
};
