import { encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { DOMAIN, scheduleOf } from "@dragoman/frontend-evm";
import {
  CALL_GAS_MAX,
  type CallSite,
  type EvmCall,
  NOBODY,
  overridden,
  runCall,
} from "./evm-call.ts";
import type { ExecutedCall } from "./transaction/execute-transaction.ts";

const NOTHING = new Uint8Array(0);

/** Least relative distance of bounds at which the search ends, 1/64: as geth's. */
const TOLERANCE = 64n;

/**
 * Least gas with which a call succeeds, within 1/64 above; if it fails with all that it can have, its failure. Faults as {@link runCall}.
 */
export function estimateGas(
  site: CallSite,
  call: EvmCall,
): { readonly gas: bigint } | { readonly failure: ExecutedCall; readonly allowance: bigint } {
  let high = gasAllowance(site, call);
  const first = runCall(site, { ...call, gas: high });
  if (!first.ok) return { failure: first, allowance: high };
  let low = first.gasPeak - 1n;
  const succeeds = (gas: bigint): boolean => runCall(site, { ...call, gas }).ok;
  // What calls keep back (EIP-150) must be had too: a guess that is mostly right.
  const guess = ((first.gasPeak + CALL_STIPEND) * 64n) / 63n;
  if (first.gasPeak < high && succeeds(first.gasPeak)) return { gas: first.gasPeak };
  if (guess < high) {
    if (succeeds(guess)) high = guess;
    else low = guess;
  }
  while (low + 1n < high && (high - low) * TOLERANCE > high) {
    const middle = (high + low) / 2n;
    if (succeeds(middle)) high = middle;
    else low = middle;
  }
  return { gas: high };
}

const CALL_STIPEND = 2_300n;

/** Most gas that an estimate can give: of the block, of a transaction, and what the sender can pay. */
function gasAllowance(
  site: CallSite,
  { from = NOBODY, gas, gasPrice = 0n, value = 0n, overrides }: EvmCall,
): bigint {
  const { transactionGasMax } = scheduleOf(site.fork).rules;
  let most = gas !== undefined && gas >= 21_000n ? gas : site.header.gasLimit;
  if (most > CALL_GAS_MAX) most = CALL_GAS_MAX;
  if (transactionGasMax > 0 && most > BigInt(transactionGasMax)) most = BigInt(transactionGasMax);
  if (gasPrice === 0n) return most;
  const word = overridden(site.state, overrides).read(DOMAIN.BALANCE, from, NOTHING);
  const balance = word === undefined ? 0n : BigInt(encodeHex(word));
  if (balance < value) {
    refuse("BALANCE_EXCEEDED", undefined, "insufficient funds for transfer");
  }
  const affordable = (balance - value) / gasPrice;
  if (affordable < 21_000n) {
    refuse("BALANCE_EXCEEDED", undefined, `gas required exceeds allowance (${affordable})`);
  }
  return affordable < most ? affordable : most;
}
