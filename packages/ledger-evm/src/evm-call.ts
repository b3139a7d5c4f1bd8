import { encodeHex } from "@dragoman/bytes";
import { Engine, type LinearMemory, type StateReader } from "@dragoman/core";
import { refuse } from "@dragoman/fault";
import { DOMAIN, type ForkName, readBalance, readNonce, scheduleOf } from "@dragoman/frontend-evm";
import type { FrameTrace } from "@dragoman/frontend-evm/trace";
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

export const NOBODY = new Uint8Array(20);
const NOTHING = new Uint8Array(0);

/** Gas that a call has at most, however much it is given, as in geth: a call costs its sender nothing but holds the node. */
export const CALL_GAS_MAX = 50_000_000n;

/**
 * Runs a call. A failure of the code is a result. Faults: BALANCE_EXCEEDED, INVALID_TRANSACTION, in the words of geth.
 */
export function runCall(site: CallSite, call: EvmCall): ExecutedCall {
  const state = overridden(site.state, call.overrides);
  return callOn(new Engine({ state, tier: "auto", memory: site.memory }), site, call);
}

/** As {@link runCall}, on an engine that keeps what the call changes. */
export function callOn(
  engine: Engine,
  site: CallSite,
  call: EvmCall,
  trace?: FrameTrace,
): ExecutedCall {
  const { journal } = engine;
  const from = call.from ?? NOBODY;
  const { gasPrice = 0n, value = 0n } = call;
  const asked = call.gas ?? site.header.gasLimit;
  const gasLimit = asked > CALL_GAS_MAX ? CALL_GAS_MAX : asked;
  const data = call.data ?? NOTHING;
  const shape = { to: call.to, data, accessList: call.accessList ?? [] };
  const { rules } = scheduleOf(site.fork);
  if (call.to === undefined && data.length > rules.initcodeSizeMax) {
    const sizes = `code size ${data.length}, limit ${rules.initcodeSizeMax}`;
    refuse("INVALID_TRANSACTION", undefined, `max initcode size exceeded: ${sizes}`);
  }
  const { before, floor } = intrinsicGas(rules, shape);
  let needed = before;
  if (floor > needed) needed = floor;
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
  return executeTransaction(engine, tx, environment, site.fork, trace);
}

/** A state with accounts changed. */
export function overridden(
  below: StateReader,
  overrides: ReadonlyMap<string, AccountOverride> | undefined,
): StateReader {
  if (overrides === undefined) return below;
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
