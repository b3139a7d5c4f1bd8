import type { SvmAccount } from "@dragoman/frontend-sbpf";
import type { Message } from "./protobuf.ts";

/** An account of a fixture. */
export interface FixtureAccount extends SvmAccount {
  readonly key: Uint8Array;
}

/** Bytes of a field that names an account, as 32 bytes. */
export function addressOf(bytes: Uint8Array): Uint8Array {
  const key = new Uint8Array(32);
  key.set(bytes.subarray(0, 32));
  return key;
}

/** AcctState. */
export const fixtureAccount = (state: Message): FixtureAccount => ({
  key: addressOf(state.bytes(1)),
  lamports: state.big(2),
  // A Buffer would be cut without being copied.
  data: Uint8Array.from(state.bytes(3)),
  executable: state.number(4) !== 0,
  rentEpoch: state.big(5),
  owner: addressOf(state.bytes(6)),
});
