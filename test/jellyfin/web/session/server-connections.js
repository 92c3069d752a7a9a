/* Which server, which person: connecting at the start, signing in, signing out. A plugin of 10.9+ gets this object. */
const ServerConnections = {
  localApiClient: null,
  clients: [],
  firstConnection: null,

  currentApiClient: () => ServerConnections.localApiClient,
  getLocalApiClient: () => ServerConnections.localApiClient,
  getApiClients: () => ServerConnections.clients,
  getApiClient: () => ServerConnections.localApiClient,
  getOrCreateApiClient: () => ServerConnections.localApiClient,
  getSavedServers: () => credentials.read().Servers,
  getLastUsedServer: () => credentials.read().Servers?.[0] ?? null,
  credentialProvider: () => ({ credentials: () => credentials.read() }),

  setLocalApiClient(client) {
    if (!client) return;
    ServerConnections.localApiClient = client;
    window.ApiClient = client;
  },

  initApiClient(address) {
    const client = createApiClient(address);
    client.serverInfo(credentials.server(address));
    client.onAuthenticated = ServerConnections.onAuthenticated;
    ServerConnections.clients = [client];
    credentials.saveServer(client.serverInfo());
    ServerConnections.setLocalApiClient(client);
    Events.trigger(ServerConnections, 'apiclientcreated', [client]);
    return client;
  },

  /** Asks the server who it is and whether the kept token still holds; resolves to { State, ApiClient, Servers }. */
  async connect({ enableAutoLogin = appSettings.enableAutoLogin() } = {}) {
    let client = ServerConnections.localApiClient;
    if (!client) return { State: 'ServerSelection', Servers: [] };
    const server = client.serverInfo();
    const publicInfoPath = GENERATION >= 11 ? 'System/Info/Public' : 'system/info/public';
    const info = await askJson(client.getUrl(publicInfoPath));
    if (!info) return { State: 'Unavailable', Servers: [server] };

    if (!enableAutoLogin) Object.assign(server, { AccessToken: null, UserId: null });
    else if (server.AccessToken && !(await isTokenAlive(client, server))) Object.assign(server, { AccessToken: null, UserId: null });
    Object.assign(server, { Name: info.ServerName, Id: info.Id, LocalAddress: info.LocalAddress, LastConnectionMode: 2, DateLastAccessed: Date.now() });
    if (!info.LocalAddress) delete server.LocalAddress;
    credentials.saveServer(server);

    const signedIn = !!server.AccessToken;
    if (signedIn && GENERATION <= 10) client = ServerConnections.initAnotherClient(client);
    client.setAuthenticationInfo(server.AccessToken, server.UserId);
    if (signedIn) {
      afterConnected(client);
      const user = await client.getCurrentUser().catch(() => null);
      if (user) await onLocalUserSignIn(client, user);
    }
    return { State: signedIn ? 'SignedIn' : 'ServerSignIn', ApiClient: client, Servers: [server], SystemInfo: info };
  },

  /** 10.8 to 10.10 replace the client seen by plugins when a kept token is used (live B, "same object as before?"). */
  initAnotherClient(old) {
    const client = createApiClient(old.serverAddress());
    client.serverInfo(old.serverInfo());
    client.onAuthenticated = ServerConnections.onAuthenticated;
    ServerConnections.clients = [client];
    ServerConnections.setLocalApiClient(client);
    return client;
  },

  async onAuthenticated(client, result) {
    const server = Object.assign(client.serverInfo(), {
      Id: result.ServerId,
      UserId: result.User.Id,
      AccessToken: result.AccessToken,
      DateLastAccessed: Date.now(),
    });
    credentials.saveServer(server);
    client.setAuthenticationInfo(result.AccessToken, result.User.Id);
    afterConnected(client);
    await onLocalUserSignIn(client, result.User);
  },

  async logout() {
    const client = ServerConnections.localApiClient;
    const server = client.serverInfo();
    await client.logout();
    Object.assign(server, { AccessToken: null, UserId: null });
    // 10.8 forgets the token only in memory; what it stored stays until the next start finds it dead.
    if (GENERATION > 8) credentials.saveServer(server);
    userSettings.userId = null;
    Events.trigger(ServerConnections, 'localusersignedout', [{ serverId: server.Id }]);
  },
};

function afterConnected(client) {
  client.reportCapabilities(Dashboard.capabilities(appHost)).catch(() => {});
}

async function onLocalUserSignIn(client, user) {
  userSettings.userId = user.Id;
  await client.getDisplayPreferences('usersettings', user.Id, 'emby').catch(() => null);
  openWebSocket(client);
  await globalize.updateCurrentCulture();
  Events.trigger(ServerConnections, 'localusersignedin', [user]);
}

async function isTokenAlive(client, server) {
  const headers =
    GENERATION >= 11 ? { Authorization: authValue(server.AccessToken, true) } : { 'X-MediaBrowser-Token': server.AccessToken };
  return (await askJson(client.getUrl('System/Info'), headers)) !== null;
}

async function askJson(url, headers) {
  try {
    const answer = await fetch(url, { headers: { accept: 'application/json', ...headers } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
