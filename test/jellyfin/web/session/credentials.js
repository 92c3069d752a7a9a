/* localStorage `jellyfin_credentials`: { Servers: [...] }, the same shape on all versions (jellyfin-web.md e). */
const credentials = {
  read() {
    try {
      return JSON.parse(localStorage.getItem('jellyfin_credentials')) || { Servers: [] };
    } catch {
      return { Servers: [] };
    }
  },

  saveServer(server) {
    const kept = this.read();
    const others = (kept.Servers ?? []).filter((one) => one.Id !== server.Id && one.ManualAddress !== server.ManualAddress);
    localStorage.setItem('jellyfin_credentials', JSON.stringify({ ...kept, Servers: [server, ...others] }));
  },

  /** The saved entry of this address, or a new one. */
  server(address) {
    const known = this.read().Servers?.find((one) => one.ManualAddress?.toLowerCase() === address.toLowerCase());
    return {
      DateLastAccessed: Date.now(),
      LastConnectionMode: 2,
      ...known,
      ManualAddress: address,
      manualAddressOnly: true,
    };
  },
};
