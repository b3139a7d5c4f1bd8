import type { EncodedAccount } from "./encoded-account.ts";

const ADDRESS = "StakeConfig11111111111111111111111111111111";
const OWNER = "Config1111111111111111111111111111111111111";
/** No keys, then the rate of warmup 0.25 and the share that is slashed, 12 of 255. */
const DATA = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xd0, 0x3f, 12);

/** The account that the stake program was configured by, which litesvm begins with. */
export const stakeConfig = (): EncodedAccount => ({
  ...{ address: ADDRESS, programAddress: OWNER, lamports: 1n, executable: false },
  ...{ space: BigInt(DATA.length), data: DATA },
});
