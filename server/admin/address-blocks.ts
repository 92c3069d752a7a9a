import { UseCaseError } from '../errors/use-case-error.ts';
import type { AccountAddress, ContactChanges } from '../ports/contact-changes.ts';

/** Why an address is not to be set for an account, and until when. */
export type AddressBlocked = UseCaseError<'address-undone' | 'address-disowned'>;

/**
 * Finds why addresses are not to be set for their accounts, as far as anybody said so: the person took the address back, or its
 * owner answered that the account is not theirs. In the order of the addresses; undefined where it may be set.
 *
 * @throws {StorageError}
 */
export async function findAddressBlocks(
  addresses: readonly AccountAddress[],
  changes: Pick<ContactChanges, 'blocksOf'>,
): Promise<readonly (AddressBlocked | undefined)[]> {
  if (addresses.length === 0) return [];
  const blocks = await changes.blocksOf(addresses);
  return blocks.map(
    (block): AddressBlocked | undefined =>
      block && new UseCaseError<AddressBlocked['code']>(`address-${block.why}`, block.until),
  );
}
