import type { Rules } from "@dragoman/frontend-evm";
import { AUTHORIZATION_GAS } from "./authorization.ts";
import type { TransactionFields } from "./evm-transaction.ts";

const TRANSACTION = 21_000n;
const ACCESS_ADDRESS = 2_400n;
const ACCESS_SLOT = 1_900n;

/** Gas that a transaction pays whatever its code does. */
export interface IntrinsicGas {
  /** Taken before the code runs (yellow paper g0; EIP-2028, 2930, 3860, 7702). */
  readonly before: bigint;
  /** Least that is paid in the end (EIP-7623); 0 = no floor. */
  readonly floor: bigint;
}

/** Intrinsic gas by the rules of a fork. */
export function intrinsicGas(
  rules: Readonly<Rules>,
  {
    to,
    data,
    accessList,
    authorizations = [],
  }: Pick<TransactionFields, "to" | "data" | "accessList" | "authorizations">,
): IntrinsicGas {
  let zeros = 0;
  for (const byte of data) if (byte === 0) zeros++;
  const others = data.length - zeros;
  let before = TRANSACTION + BigInt(zeros * rules.calldataZero + others * rules.calldataNonZero);
  if (to === undefined) {
    before += BigInt(rules.createTransaction + Math.ceil(data.length / 32) * rules.initcodeWord);
  }
  for (const { slots } of accessList) before += ACCESS_ADDRESS + ACCESS_SLOT * BigInt(slots.length);
  before += AUTHORIZATION_GAS * BigInt(authorizations.length);
  const tokens = zeros + 4 * others;
  const floor = rules.calldataFloor === 0 ? 0n : TRANSACTION + BigInt(tokens * rules.calldataFloor);
  return { before, floor };
}
