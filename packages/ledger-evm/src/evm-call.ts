import { encodeHex } from "@dragoman/bytes";
import { Engine, type LinearMemory, type StateReader } from "@dragoman/core";
import { refuse } from "@dragoman/fault";
import { DOMAIN, type ForkName, readBalance, readNonce, scheduleOf } from "@dragoman/frontend-evm";
import { type BlockSite, blockEnvironment, type HeaderStart } from "./block/build-block.ts";
import type { AccessListEntry } from "./transaction/evm-transaction.ts";
import { type ExecutedCall, executeTransaction } from "./transaction/execute-transaction.ts";
import { intrinsicGas } from "./transaction/intrinsic-gas.ts";

/** A transaction that nobody signed, run on a state that stays as it is. */
export interface EvmCall {
  /** Default: the zero address. */
  readonly from?: Uint8Array;
  /** Absent: a creation. */
  readonly to?: Uint8Array | undefined;
  /** Default: the block's gas limit. */
  readonly gas?: bigint;
  /** Wei; default 0, which is not held against the base fee. */
  readonly gasPrice?: bigint;
  readonly value?: bigint;
  readonly data?: Uint8Array;
  readonly accessList?: readonly AccessListEntry[];
  /** Accounts as the call finds them, by address in hex. */
  readonly overrides?: ReadonlyMap<string, AccountOverride>;
}

/** What a call finds instead of what is there. */
export interface AccountOverride {
  readonly balance?: bigint;
  readonly nonce?: bigint;
  readonly code?: Uint8Array;
  /** The whole storage, 32-byte words by slot in hex of 32 bytes. */
  readonly state?: ReadonlyMap<string, Uint8Array>;
  /** Some slots. */
  readonly stateDiff?: ReadonlyMap<string, Uint8Array>;
}

/** Where a call runs. */
export interface CallSite extends Pick<BlockSite, "chainId" | "blockHash"> {
  readonly state: StateReader;
  readonly header: HeaderStart;
  readonly memory: LinearMemory;
  readonly fork: ForkName;
}

const NOBODY = new Uint8Array(20);
const NOTHING = new Uint8Array(0);

/**
 * Runs a call. A failure of the code is a result. Faults: BALANCE_EXCEEDED, INVALID_TRANSACTION, in the words of geth.
 */
export function runCall(site: CallSite, call: EvmCall): ExecutedCall {
  const state = call.overrides === undefined ? site.state : overridden(site.state, call.overrides);
  const engine = new Engine({ state, tier: "auto", memory: site.memory });
  const { journal } = engine;
  const from = call.from ?? NOBODY;
  const { gasPrice = 0n, value = 0n } = call;
  const gasLimit = call.gas ?? site.header.gasLimit;
  const data = call.data ?? NOTHING;
  const shape = { to: call.to, data, accessList: call.accessList ?? [] };
  const { before, floor } = intrinsicGas(scheduleOf(site.fork).rules, shape);
  const needed = before > floor ? before : floor;
  if (gasLimit < needed) {
    const sizes = `have ${gasLimit}, want ${needed} (supplied gas ${gasLimit})`;
    refuse("INVALID_TRANSACTION", undefined, `err: intrinsic gas too low: ${sizes}`);
  }
  const { baseFee } = site.header;
  if (gasPrice > 0n && gasPrice < baseFee) {
    const fees = `address ${encodeHex(from)}, maxFeePerGas: ${gasPrice}, baseFee: ${baseFee}`;
    const why = `err: max fee per gas less than block base fee: ${fees} (supplied gas ${gasLimit})`;
    refuse("INVALID_TRANSACTION", undefined, why);
  }
  const [have, want] = [readBalance(journal, from), gasLimit * gasPrice + value];
  if (have < want) {
    const sums = `address ${encodeHex(from)} have ${have} want ${want}`;
    const why = `insufficient funds for gas * price + value: ${sums}`;
    refuse("BALANCE_EXCEEDED", undefined, `err: ${why} (supplied gas ${gasLimit})`);
  }
  const tx = { ...shape, sender: from, nonce: readNonce(journal, from), gasLimit, value, tip: 0n };
  const environment = { ...blockEnvironment(site.header, site), origin: from, gasPrice };
  return executeTransaction(engine, tx, environment, site.fork);
}

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
  if (transactionGasMax > 0 && most > BigInt(transactionGasMax)) most = BigInt(transactionGasMax);
  if (gasPrice === 0n) return most;
  const state = overrides === undefined ? site.state : overridden(site.state, overrides);
  const word = state.read(DOMAIN.BALANCE, from, NOTHING);
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

/** A state with accounts changed. */
function overridden(
  below: StateReader,
  overrides: ReadonlyMap<string, AccountOverride>,
): StateReader {
  return {
    read(domain, account, key) {
      const own = overrides.get(encodeHex(account));
      if (own === undefined) return below.read(domain, account, key);
      if (domain === DOMAIN.BALANCE && own.balance !== undefined) return wordBytes(own.balance);
      if (domain === DOMAIN.NONCE && own.nonce !== undefined) return wordBytes(own.nonce);
      if (domain === DOMAIN.CODE && own.code !== undefined)
        return own.code.length === 0 ? undefined : own.code;
      if (domain === DOMAIN.STORAGE) {
        const slot = encodeHex(key);
        if (own.state !== undefined) return own.state.get(slot);
        if (own.stateDiff?.has(slot) === true) return own.stateDiff.get(slot);
      }
      return below.read(domain, account, key);
    },
  };
}

function wordBytes(value: bigint): Uint8Array | undefined {
  if (value === 0n) return undefined;
  return Uint8Array.from(value.toString(16).padStart(64, "0").match(/../g)!, (pair) =>
    Number.parseInt(pair, 16),
  );
}
