/** Names of fields whose values are secrets; `keyFile` and the like are not. */
const SECRET_NAME = /(?:key|token|secret|password|passphrase)$/i;

/**
 * Every secret value of a configuration, wherever it stands: by the name of its field, and the password within a URL
 * (mail server, database), decoded too. For `Logger.hide`; a field that is added later needs no line here.
 */
export function secretsOf(config: object): readonly string[] {
  return Object.entries(config).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'object' && value !== null) return secretsOf(value);
    if (typeof value !== 'string') return [];
    return SECRET_NAME.test(name) ? [value] : passwordsIn(value);
  });
}

function passwordsIn(text: string): readonly string[] {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return [];
  const { password } = new URL(text);
  if (password === '') return [];
  const written = /^[^:]*:\/\/[^:]*:(.*)@/.exec(text)?.[1];
  return [password, ...(written === undefined ? [] : [written]), decode(password)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
