/* The socket to the server. 12 also tries without a token before sign-in, again and again (live 0.11). */
function openWebSocket(client) {
  const open = client._webSocket;
  if (open && (open.readyState === WebSocket.OPEN || open.readyState === WebSocket.CONNECTING)) return;
  const token = client.accessToken();
  if (!token && GENERATION < 12) return;
  const address = client.getUrl('socket').replace(/^http/, 'ws');
  const query = GENERATION >= 12 ? (token ? `?ApiKey=${token}` : '') : `?api_key=${token}&deviceId=${client.deviceId()}`;
  const socket = new WebSocket(address + query);
  client._webSocket = socket;
  socket.onmessage = ({ data }) => Events.trigger(client, 'message', [JSON.parse(data)]);
  socket.onclose = () => {
    if (client._webSocket !== socket) return;
    client._webSocket = null;
    if (GENERATION >= 12) setTimeout(() => client._webSocket || openWebSocket(client), 3000);
  };
}

function closeWebSocket(client) {
  const socket = client._webSocket;
  client._webSocket = null;
  socket?.close();
}
