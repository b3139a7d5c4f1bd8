import { ByteWriter } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import { ADDRESS, findProgramAddress, loadSbpf } from "@dragoman/frontend-sbpf";
import { type KeyedAccount, RENT_EXEMPT_EPOCH } from "./genesis.ts";
import { minimumBalance } from "./rent.ts";

/** Tags of the upgradeable loader's accounts (anza-xyz/solana-sdk `loader-v3-interface/src/state.rs`). */
const TAG = { PROGRAM: 2, PROGRAM_DATA: 3 } as const;

export interface UpgradeableProgram {
  /** 32 bytes. */
  readonly programId: Uint8Array;
  readonly elf: Uint8Array;
  /** Who may upgrade; undefined = nobody. */
  readonly authority?: Uint8Array | undefined;
  readonly slot: number;
  /** Takes what a chain may have from old times, though it could not be deployed now: calls of unknown syscalls, sections moved in memory. Default: false. */
  readonly isOld?: boolean;
}

/**
 * The two accounts of a program of the upgradeable loader: the program's own, which names the other, and the one with the ELF.
 *
 * Faults: those of `loadSbpf` if the program would not load.
 */
export function upgradeableProgram(program: UpgradeableProgram): readonly KeyedAccount[] {
  const { programId, elf, authority, slot, isOld = false } = program;
  loadSbpf(elf, { deploy: !isOld });
  const derived = findProgramAddress([programId], ADDRESS.LOADER_V3.bytes);
  assert(derived !== undefined, "one of 256 bumps gives an address");
  const own = new ByteWriter();
  own.u32(TAG.PROGRAM);
  own.bytes(derived.address);
  const data = new ByteWriter(elf.length + 64);
  data.u32(TAG.PROGRAM_DATA);
  data.u64(BigInt(slot));
  data.u8(authority === undefined ? 0 : 1);
  data.bytes(authority ?? new Uint8Array(32));
  data.bytes(elf);
  return [
    [programId, programAccount(own.finish(), true)],
    [derived.address, programAccount(data.finish(), false)],
  ];
}

const programAccount = (data: Uint8Array, executable: boolean): KeyedAccount[1] => ({
  lamports: minimumBalance(data.length),
  owner: ADDRESS.LOADER_V3.bytes,
  executable,
  rentEpoch: RENT_EXEMPT_EPOCH,
  data,
});
