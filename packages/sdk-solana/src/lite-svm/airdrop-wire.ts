import { decodeBase58 } from "@dragoman/bytes";
import { publicKeyEd25519, sha256, signEd25519 } from "@dragoman/crypto";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { encodeMessage, encodeTransaction } from "@dragoman/ledger-svm";

/** Secret of the account that airdrops come from. */
const AIRDROP_SECRET: Uint8Array = sha256(new TextEncoder().encode("airdrop"));

/** Key of the account that airdrops come from. */
export const airdropKey = (): Uint8Array => publicKeyEd25519(AIRDROP_SECRET);

/** A signed transfer of lamports from there. */
export function airdropWire(
  address: string,
  lamports: bigint,
  recentBlockhash: Uint8Array,
): Uint8Array {
  const data = new Uint8Array(12);
  data[0] = 2;
  new DataView(data.buffer).setBigUint64(4, lamports, true);
  const message = encodeMessage({
    ...{ version: "legacy", requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 1 },
    keys: [airdropKey(), decodeBase58(address), ADDRESS.SYSTEM.bytes],
    recentBlockhash,
    instructions: [{ program: 2, accounts: [0, 1], data }],
  });
  return encodeTransaction([signEd25519(message, AIRDROP_SECRET)], message);
}
