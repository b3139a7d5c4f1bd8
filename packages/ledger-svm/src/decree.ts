import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import type { KeyedAccount } from "./genesis.ts";
import { upgradeableProgram } from "./program-accounts.ts";

/** A change that no transaction makes. */
export type SvmDecree =
  /** Installs a program, or replaces its code. */
  | {
      readonly kind: "program";
      readonly programId: Uint8Array;
      readonly elf: Uint8Array;
      readonly authority?: Uint8Array | undefined;
    }
  /** Sets an account; without lamports it ceases to exist. */
  | { readonly kind: "account"; readonly key: Uint8Array; readonly account: SvmAccount }
  /** Time travel: the block of the decree stands at `slot`, and its time is `timestamp`, seconds since 1970-01-01. */
  | { readonly kind: "warp"; readonly slot: number; readonly timestamp: number };

const KIND = { PROGRAM: 0, ACCOUNT: 1, WARP: 2 } as const;

/** A decree as payload of a ledger's input: u8 kind, then its fields, little-endian. */
export function encodeDecree(decree: SvmDecree): Uint8Array {
  const writer = new ByteWriter();
  if (decree.kind === "program") {
    writer.u8(KIND.PROGRAM);
    writer.bytes(decree.programId);
    writer.u8(decree.authority === undefined ? 0 : 1);
    writer.bytes(decree.authority ?? new Uint8Array(32));
    writer.bytes(decree.elf);
    return writer.finish();
  }
  if (decree.kind === "warp") {
    writer.u8(KIND.WARP);
    writer.u64(BigInt(decree.slot));
    writer.u64(BigInt(decree.timestamp));
    return writer.finish();
  }
  const { lamports, owner, executable, rentEpoch, data } = decree.account;
  writer.u8(KIND.ACCOUNT);
  writer.bytes(decree.key);
  writer.u64(lamports);
  writer.u64(rentEpoch);
  writer.bytes(owner);
  writer.u8(executable ? 1 : 0);
  writer.bytes(data);
  return writer.finish();
}

/** Faults: MALFORMED_TRANSACTION for an unknown kind, READ_OUT_OF_RANGE if fields are missing. */
export function decodeDecree(payload: Uint8Array): SvmDecree {
  const reader = new ByteReader(payload);
  const kind = reader.u8();
  if (kind === KIND.WARP) {
    return { kind: "warp", slot: Number(reader.u64()), timestamp: Number(reader.u64()) };
  }
  const key = reader.take(32).slice();
  if (kind === KIND.PROGRAM) {
    const hasAuthority = reader.u8() === 1;
    const authority = reader.take(32).slice();
    const elf = reader.take(reader.remaining).slice();
    return { kind: "program", programId: key, elf, ...(hasAuthority ? { authority } : {}) };
  }
  if (kind !== KIND.ACCOUNT)
    refuse("MALFORMED_TRANSACTION", 0, `decree kind ${kind}; 0 to 2 exist`);
  const lamports = reader.u64();
  const rentEpoch = reader.u64();
  const owner = reader.take(32).slice();
  const executable = reader.u8() === 1;
  const data = reader.take(reader.remaining).slice();
  return { kind: "account", key, account: { lamports, rentEpoch, owner, executable, data } };
}

/** Accounts that a decree writes in the block at `slot`; undefined removes one. Sysvars follow from the block itself. */
export function decreedAccounts(
  decree: SvmDecree,
  slot: number,
): readonly (readonly [key: Uint8Array, account: SvmAccount | undefined])[] {
  if (decree.kind === "warp") return [];
  if (decree.kind === "account") {
    const { key, account } = decree;
    return [[key, account.lamports === 0n ? undefined : account]];
  }
  return upgradeableProgram({ ...decree, slot }) satisfies readonly KeyedAccount[];
}
