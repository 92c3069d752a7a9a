/** Makes links with which people add a contact without signing in. */
export interface Invitations {
  /**
   * Makes an invitation for an account; an earlier one that was not used is good for nothing from then on.
   *
   * @returns `url`: the whole address with its secret, for whoever hands it over, and for no log; `expiresAt` in ms since 1970.
   * @throws {StorageError}
   */
  make(userId: string, userName: string): Promise<{ readonly url: string; readonly expiresAt: number }>;
}
