import { refuse } from "@dragoman/fault";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { type KeyedAccount, RENT_EXEMPT_EPOCH, upgradeableProgram } from "@dragoman/ledger-svm";

export interface InstalledProgram {
  readonly programId: Uint8Array;
  readonly elf: Uint8Array;
  readonly slot: number;
  /** Address in base58. */
  readonly loaderId: string;
  /** Lamports that an account of the ELF needs. */
  readonly lamports: bigint;
}

/**
 * Accounts of a program that a loader holds: program and code, or both in one.
 *
 * Faults: those of an ELF that cannot be loaded; INVALID_TRANSACTION for an unknown loader.
 */
export function installedProgram({
  programId,
  elf,
  slot,
  loaderId,
  lamports,
}: InstalledProgram): readonly KeyedAccount[] {
  const accounts = upgradeableProgram({ programId, elf, slot, isOld: true });
  if (loaderId === ADDRESS.LOADER_V3.text) return accounts;
  const owner = [ADDRESS.LOADER_V1, ADDRESS.LOADER_V2].find(({ text }) => text === loaderId)?.bytes;
  if (owner === undefined) {
    return refuse("INVALID_TRANSACTION", undefined, `${loaderId} is no loader of programs`);
  }
  const account = { lamports, owner, executable: true, rentEpoch: RENT_EXEMPT_EPOCH, data: elf };
  return [[programId, account]];
}
