import { decodeBase58 } from "@dragoman/bytes";
import { FEATURE_ADDRESSES, type FeatureName, type FeatureSet } from "@dragoman/frontend-sbpf";
import type { Message } from "./protobuf.ts";

/** Features by the number that fixtures give them: the first eight bytes of their address. */
const BY_NUMBER: ReadonlyMap<bigint, FeatureName> = new Map(
  [
    ...FEATURE_ADDRESSES,
    // Its address before it was ready.
    ["secp256r1Precompile", decodeBase58("sr11RdZWgbHTHxSroPALe6zgaT5A1K9LcE4nfsZS4gi")] as const,
  ].map(([name, address]) => [
    new DataView(address.buffer, address.byteOffset).getBigUint64(0, true),
    name,
  ]),
);

/** Active features of an EpochContext, as far as this runtime asks for them. */
export function fixtureFeatures(epoch: Message): FeatureSet {
  const packed = epoch.message(1).bytes(1);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const features = new Set<FeatureName>();
  for (let at = 0; at + 8 <= packed.length; at += 8) {
    const name = BY_NUMBER.get(view.getBigUint64(at, true));
    if (name !== undefined) features.add(name);
  }
  return features;
}
