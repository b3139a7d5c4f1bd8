import { decodeBase58, encodeHex } from "@dragoman/bytes";

const address = (text: string): { text: string; bytes: Uint8Array; hex: string } => {
  const bytes = decodeBase58(text);
  return { text, bytes, hex: encodeHex(bytes) };
};

/** Well-known addresses of mainnet. */
export const ADDRESS = {
  SYSTEM: address("11111111111111111111111111111111"),
  NATIVE_LOADER: address("NativeLoader1111111111111111111111111111111"),
  LOADER_V1: address("BPFLoader1111111111111111111111111111111111"),
  LOADER_V2: address("BPFLoader2111111111111111111111111111111111"),
  LOADER_V3: address("BPFLoaderUpgradeab1e11111111111111111111111"),
  COMPUTE_BUDGET: address("ComputeBudget111111111111111111111111111111"),
  ED25519: address("Ed25519SigVerify111111111111111111111111111"),
  SECP256K1: address("KeccakSecp256k11111111111111111111111111111"),
  SECP256R1: address("Secp256r1SigVerify1111111111111111111111111"),
} as const;
