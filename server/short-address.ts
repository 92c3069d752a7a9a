/**
 * A mail address as it may stand in a log: first letter and domain, e.g. `a…@example.org`.
 * Source: rule "no whole address in logs".
 */
export function shortAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${address.slice(0, 1)}…${address.slice(at)}`;
}
