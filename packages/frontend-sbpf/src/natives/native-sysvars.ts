import { decodeBase58, encodeHex } from "@dragoman/bytes";
import type { NativeCall } from "../runtime/invocation.ts";
import { rentExemption } from "../runtime/rent-exemption.ts";
import { SYSVARS } from "../runtime/sysvars.ts";
import type { Refusal } from "./native-accounts.ts";

/** Address of the sysvar RecentBlockhashes in hex. Programs cannot ask for it, native ones want its account. */
export const RECENT_BLOCKHASHES_HEX: string = encodeHex(
  decodeBase58("SysvarRecentB1ockHashes11111111111111111111"),
);

/** Refuses an instruction whose account at `position` is not the sysvar with the address `idHex`, or a chain that has none. */
export function checkSysvar({ invocation }: NativeCall, position: number, idHex: string): Refusal {
  const account = invocation.accounts[position];
  if (account === undefined) return "NotEnoughAccountKeys";
  if (encodeHex(account.key) !== idHex) return "InvalidArgument";
  return invocation.transaction.sysvar(idHex) === undefined ? "UnsupportedSysvar" : undefined;
}

/** Balance that exempts an account from rent, by the sysvar Rent; undefined without it. */
export function rentMinimum({ invocation }: NativeCall, dataBytes: number): bigint | undefined {
  const rent = invocation.transaction.sysvar(SYSVARS.rent.idHex);
  return rent && rentExemption(rent, dataBytes);
}

/** Slot of the sysvar Clock. */
export function currentSlot({ invocation }: NativeCall): bigint | undefined {
  const clock = invocation.transaction.sysvar(SYSVARS.clock.idHex);
  return (
    clock && new DataView(clock.buffer, clock.byteOffset, clock.byteLength).getBigUint64(0, true)
  );
}
