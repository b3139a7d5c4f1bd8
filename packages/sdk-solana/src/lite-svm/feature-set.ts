import { encodeBase58 } from "@dragoman/bytes";
import {
  FEATURE_ADDRESSES,
  type FeatureName,
  MAINNET_FEATURES,
  type FeatureSet as RuntimeFeatures,
} from "@dragoman/frontend-sbpf";

/** Features of a chain, by the address of their account; those that the runtime does not ask for are remembered and change nothing. */
export class FeatureSet {
  readonly #active = new Map<string, bigint>();

  /** Every feature that the runtime knows. */
  static allEnabled(): FeatureSet {
    const set = new FeatureSet();
    for (const address of FEATURE_ADDRESSES.values()) set.activate(address, 0n);
    return set;
  }

  /** What mainnet has. */
  static mainnet(): FeatureSet {
    const set = new FeatureSet();
    for (const [name, address] of FEATURE_ADDRESSES) {
      if (MAINNET_FEATURES.has(name)) set.activate(address, 0n);
    }
    return set;
  }

  isActive(featureId: Uint8Array): boolean {
    return this.#active.has(encodeBase58(featureId));
  }

  activatedSlot(featureId: Uint8Array): bigint | null {
    return this.#active.get(encodeBase58(featureId)) ?? null;
  }

  activate(featureId: Uint8Array, slot: bigint): void {
    this.#active.set(encodeBase58(featureId), slot);
  }

  deactivate(featureId: Uint8Array): void {
    this.#active.delete(encodeBase58(featureId));
  }

  getActiveFeaturesCount(): number {
    return this.#active.size;
  }

  /** The set as the runtime takes it. */
  names(): RuntimeFeatures {
    const names = new Set<FeatureName>();
    for (const [name, address] of FEATURE_ADDRESSES) if (this.isActive(address)) names.add(name);
    return names;
  }
}
