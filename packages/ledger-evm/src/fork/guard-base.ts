import type { ForkBase } from "./fork-base.ts";

/** A base that tells `onFailure` before an error of its reads passes through whoever reads. */
export function guardBase(base: ForkBase, onFailure: () => void): ForkBase {
  const guard = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      onFailure();
      throw error;
    }
  };
  const { state } = base;
  return {
    header: base.header,
    hash: base.hash,
    blockHash: (number) => guard(() => base.blockHash(number)),
    state: {
      read: (domain, account, key) => guard(() => state.read(domain, account, key)),
      prefetch: (accounts) => guard(() => state.prefetch(accounts)),
    },
  };
}
