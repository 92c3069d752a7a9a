/* Who is asking, by version (jellyfin-web.md g): another header on 10.8, percent-encoding on 12. */
const AUTH_HEADER = GENERATION === 8 ? 'X-Emby-Authorization' : 'Authorization';

function authValue(token, encoded = GENERATION >= 12) {
  const say = (text) => (encoded ? encodeURIComponent(text) : text);
  const parts = [
    `Client="${say(appHost.appName())}"`,
    `Device="${say(appHost.deviceName())}"`,
    `DeviceId="${say(appHost.deviceId())}"`,
    `Version="${say(CLIENT.version)}"`,
  ];
  if (token !== undefined) parts.push(`Token="${token}"`);
  return `MediaBrowser ${parts.join(', ')}`;
}

/** Calls 11 and 12 make with their newer library: no header before sign-in on 11, Token="null" on 12. */
async function sdkFetch(address, { method = 'GET', body, token } = {}) {
  const headers = { Accept: 'application/json, text/plain, */*' };
  if (GENERATION >= 12) {
    headers.Accept = 'application/json,application/json; profile=CamelCase,application/json; profile=PascalCase,text/html';
    headers.Authorization = authValue(token ?? 'null', true);
  } else if (token) {
    headers.Authorization = authValue(token, true);
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(address, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  if (!response.ok) throw new Error(`Request failed with status code ${response.status}`);
  return response.status === 204 ? undefined : response.json();
}
