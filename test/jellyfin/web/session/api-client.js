/* window.ApiClient: one server, one session. A failed answer raises `requestfail` twice, first with the
   status and then without (jellyfin-web-live.md 0.4). */
function createApiClient(address) {
  let server = {};
  let loggedIn = false;
  let currentUser = null;

  const client = {
    manualAddressOnly: true,
    appName: () => appHost.appName(),
    appVersion: () => CLIENT.version,
    deviceName: () => appHost.deviceName(),
    deviceId: () => appHost.deviceId(),
    serverAddress: () => address,
    serverInfo(info) {
      if (info) server = info;
      return server;
    },
    serverId: () => server.Id,
    serverName: () => server.Name,
    isLoggedIn: () => loggedIn,
    accessToken: () => (loggedIn ? server.AccessToken : null),
    getCurrentUserId: () => (loggedIn ? server.UserId : null),
    setAuthenticationInfo(token, userId) {
      currentUser = null;
      loggedIn = !!token && !!userId;
      server.AccessToken = token;
      server.UserId = userId;
    },

    getUrl(path, params) {
      const query = Object.entries(params ?? {}).filter(([, value]) => value != null && value !== '');
      const search = query.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
      return `${address}${path.startsWith('/') ? '' : '/'}${path}${search ? `?${search}` : ''}`;
    },

    async ajax(request, includeAuthorization = true) {
      const headers = { ...request.headers };
      if (request.dataType === 'json') headers.accept = 'application/json';
      if (request.contentType) headers['Content-Type'] = request.contentType;
      if (includeAuthorization) headers[AUTH_HEADER] = authValue(client.accessToken() ?? undefined);
      try {
        const response = await fetch(request.url, { method: request.type || 'GET', headers, body: request.data, credentials: 'same-origin' });
        if (response.status >= 400) {
          const errorCode = response.headers.get('X-Application-Error-Code');
          Events.trigger(client, 'requestfail', [{ url: request.url, status: response.status, errorCode }]);
          throw response;
        }
        if (response.status === 204) return response;
        if (request.dataType === 'json') return response.json();
        return request.dataType === 'text' ? response.text() : response;
      } catch (error) {
        Events.trigger(client, 'requestfail', [{ url: request.url, status: undefined, errorCode: null }]);
        throw error;
      }
    },

    fetch: (request, includeAuthorization) => client.ajax(request, includeAuthorization),
    get: (url) => client.ajax({ type: 'GET', url, dataType: 'text' }),
    getJSON: (url, includeAuthorization) => client.ajax({ type: 'GET', url, dataType: 'json' }, includeAuthorization),
    post: (path, body) =>
      client.ajax({ type: 'POST', url: client.getUrl(path), data: JSON.stringify(body), contentType: 'application/json' }),

    getPublicUsers: () => client.getJSON(client.getUrl('users/public'), false),
    getPublicSystemInfo: () => client.getJSON(client.getUrl('System/Info/Public')),
    getSystemInfo: () => client.getJSON(client.getUrl('System/Info')),
    getQuickConnect: (verb) => client.getJSON(client.getUrl(`/QuickConnect/${verb}`)),
    getUser: (id) => client.getJSON(client.getUrl(`Users/${id}`)),
    getUserImageUrl: (id, { type, ...params }) => client.getUrl(`Users/${id}/Images/${type}`, params),
    getItem: (userId, id) => client.getJSON(client.getUrl(`Users/${userId}/Items/${id}`)),
    getUserViews(_, userId = client.getCurrentUserId()) {
      const url = GENERATION === 8 ? client.getUrl(`Users/${userId}/Views`) : client.getUrl('UserViews', { userId });
      // From 10.9 on this call goes another way, which raises no `requestfail`.
      return GENERATION === 8 ? client.getJSON(url) : sdkFetch(url, { token: client.accessToken() });
    },
    getDisplayPreferences: (id, userId, app) => client.getJSON(client.getUrl(`DisplayPreferences/${id}`, { userId, client: app })),
    reportCapabilities: (capabilities) => client.post('Sessions/Capabilities/Full', capabilities),

    async getCurrentUser() {
      if (currentUser) return currentUser;
      const userId = client.getCurrentUserId();
      if (!userId) return Promise.reject();
      currentUser = await client.getUser(userId);
      localStorage.setItem(`user-${userId}-${server.Id}`, JSON.stringify(currentUser));
      return currentUser;
    },

    updateUserPassword: (userId, CurrentPw, NewPw) =>
      client.post(`Users/${userId}/Password`, { CurrentPw: CurrentPw || '', NewPw }),
    /** What is sent is base64, and its type is told by the name of the file. */
    uploadUserImage(userId, imageType, file) {
      if (!file.type.startsWith('image/')) throw new Error('File must be an image.');
      return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onerror = () => reject();
        reader.onload = () => {
          const url = client.getUrl(`Users/${userId}/Images/${imageType}`);
          const contentType = `image/${file.name.substring(file.name.lastIndexOf('.') + 1)}`;
          client.ajax({ type: 'POST', url, data: reader.result.split(',')[1], contentType }).then(resolve, reject);
        };
        reader.readAsDataURL(file);
      });
    },
    deleteUserImage: (userId, imageType) => client.ajax({ type: 'DELETE', url: client.getUrl(`Users/${userId}/Images/${imageType}`) }),
    resetUserPassword: (userId) => client.post(`Users/${userId}/Password`, { resetPassword: true }),

    async authenticateUserByName(name, password) {
      if (!name) return Promise.reject();
      const result = await client.ajax({
        type: 'POST',
        url: client.getUrl('Users/authenticatebyname'),
        data: JSON.stringify({ Username: name, Pw: password || '' }),
        dataType: 'json',
        contentType: 'application/json',
      });
      await client.onAuthenticated?.(client, result);
      return result;
    },

    async quickConnect(Secret) {
      const result = await client.ajax({
        type: 'POST',
        url: client.getUrl('Users/AuthenticateWithQuickConnect'),
        data: JSON.stringify({ Secret }),
        dataType: 'json',
        contentType: 'application/json',
      });
      await client.onAuthenticated?.(client, result);
      return result;
    },

    async logout() {
      closeWebSocket(client);
      const userId = client.getCurrentUserId();
      if (client.accessToken()) {
        await client.ajax({ type: 'POST', url: client.getUrl('Sessions/Logout') }).catch(() => {});
      }
      if (userId) localStorage.removeItem(`user-${userId}-${server.Id}`);
      client.setAuthenticationInfo(null, null);
    },

    ensureWebSocket: () => openWebSocket(client),
    closeWebSocket: () => closeWebSocket(client),
    isWebSocketOpen: () => client._webSocket?.readyState === WebSocket.OPEN,
  };
  return client;
}
