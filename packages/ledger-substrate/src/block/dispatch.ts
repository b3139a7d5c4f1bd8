import { concatBytes } from "@dragoman/bytes";
import { addressOf, isMapped } from "../revive/account-mapping.ts";
import { type ContractRun, runContract } from "../revive/run-contract.ts";
import { accountInfo, spendable, transfer } from "../runtime/accounts.ts";
import { CALL_BASE_GAS, REF_TIME_PER_GAS, SIMPLE_CALL_WEIGHT } from "../runtime/parameters.ts";
import type { DispatchError, MULTI_ADDRESS, Weight } from "../runtime/primitives.ts";
import {
  eventOf,
  moduleError,
  type PalletName,
  type Pallets,
  type RuntimeCall,
} from "../runtime/runtime.ts";
import type { Row } from "../scale/compounds.ts";
import type { FieldValues, Value } from "../scale/shape.ts";
import { blake2b256 } from "../storage/blake2.ts";
import type { Execution } from "./execution.ts";

export interface DispatchResult {
  readonly error: DispatchError | undefined;
  /** Picoseconds that it took, if less than announced. */
  readonly refTime?: bigint;
  /** What a contract returned or reverted with. */
  readonly output?: Uint8Array;
}

/** Who calls: an account, or nobody (the block's author). */
export type Origin = Uint8Array | undefined;

interface Dispatcher<A> {
  /** Picoseconds that the call takes at most. */
  weight(args: A): bigint;
  run(execution: Execution, origin: Origin, args: A): DispatchResult;
}

type CallArguments<R> = R extends Row<infer F> ? FieldValues<F> : never;

/** What each call of the runtime's tables does: a call without a row does not compile. */
type Dispatchers = {
  readonly [P in PalletName]: {
    readonly [C in keyof Pallets[P]["calls"]]: Dispatcher<CallArguments<Pallets[P]["calls"][C]>>;
  };
};

const DONE: DispatchResult = { error: undefined };
const fail = (error: DispatchError): DispatchResult => ({ error });
const BAD_ORIGIN = fail({ type: "BadOrigin", value: [] });
const CANNOT_LOOKUP = fail({ type: "CannotLookup", value: [] });
const simple = (): bigint => SIMPLE_CALL_WEIGHT;

/** A call that only a signed origin can make. */
function signed<A>(
  weight: (args: A) => bigint,
  run: (execution: Execution, origin: Uint8Array, args: A) => DispatchResult,
): Dispatcher<A> {
  return {
    weight,
    run: (execution, origin, args) =>
      origin === undefined ? BAD_ORIGIN : run(execution, origin, args),
  };
}

type TransferArguments = CallArguments<Pallets["Balances"]["calls"]["transfer_keep_alive"]>;

const transferCall = (keepsAlive: boolean): Dispatcher<TransferArguments> =>
  signed(simple, (execution, from, { dest, value }) => {
    const to = accountOfAddress(dest);
    if (to === undefined) return CANNOT_LOOKUP;
    return { error: transfer(execution, { from, to, amount: value, keepsAlive }) };
  });

function accountOfAddress(address: Value<typeof MULTI_ADDRESS>): Uint8Array | undefined {
  return address.type === "Id" ? address.value[0] : undefined;
}

type ReviveArguments<C extends keyof Pallets["Revive"]["calls"]> = CallArguments<
  Pallets["Revive"]["calls"][C]
>;

const contractWeight = ({ gas_limit }: { readonly gas_limit: Weight }): bigint =>
  gas_limit.ref_time + CALL_BASE_GAS * REF_TIME_PER_GAS;

function callContract(
  execution: Execution,
  run: Omit<ContractRun, "gas" | "nonce">,
  gasLimit: Weight,
): DispatchResult {
  const { nonce } = accountInfo(execution, run.origin);
  const gas = gasLimit.ref_time / REF_TIME_PER_GAS;
  // The transaction's own number was counted before its call runs.
  const { error, output, gasUsed } = runContract(execution, { ...run, gas, nonce: nonce - 1 });
  return { error, output, refTime: (gasUsed + CALL_BASE_GAS) * REF_TIME_PER_GAS };
}

const DISPATCHERS: Dispatchers = {
  System: {
    remark: signed(simple, () => DONE),
    remark_with_event: signed(simple, (execution, sender, { remark }) => {
      execution.emit(eventOf("System", "Remarked", { sender, hash: blake2b256(remark) }));
      return DONE;
    }),
  },
  Timestamp: {
    set: {
      weight: simple,
      run({ storage }, origin, { now }) {
        if (origin !== undefined) return BAD_ORIGIN;
        storage.put("Timestamp", "Now", [], now);
        return DONE;
      },
    },
  },
  Balances: {
    transfer_allow_death: transferCall(false),
    transfer_keep_alive: transferCall(true),
    transfer_all: signed(simple, (execution, from, { dest, keep_alive }) => {
      const to = accountOfAddress(dest);
      if (to === undefined) return CANNOT_LOOKUP;
      const info = accountInfo(execution, from);
      const amount = keep_alive ? spendable(info) : info.data.free;
      return { error: transfer(execution, { from, to, amount, keepsAlive: keep_alive }) };
    }),
  },
  TransactionPayment: {},
  Revive: {
    call: signed<ReviveArguments<"call">>(
      contractWeight,
      (execution, origin, { dest, value, data, gas_limit }) =>
        callContract(execution, { origin, dest, value, data }, gas_limit),
    ),
    instantiate_with_code: signed<ReviveArguments<"instantiate_with_code">>(
      contractWeight,
      (execution, origin, { value, code, data, salt, gas_limit }) => {
        const initcode = concatBytes(code, data);
        const run = { origin, dest: undefined, value, data: initcode, salt };
        return callContract(execution, run, gas_limit);
      },
    ),
    map_account: signed(simple, (execution, origin) => mapAccount(execution, origin)),
    unmap_account: signed(simple, ({ storage }, origin) => {
      const address = addressOf(origin);
      if (storage.get("Revive", "OriginalAccount", address) === undefined) {
        return fail(moduleError("Revive", "AccountUnmapped"));
      }
      storage.put("Revive", "OriginalAccount", [address], undefined);
      return DONE;
    }),
  },
};

/** Registers the caller: its address stands for it from now on. */
function mapAccount(execution: Execution, origin: Uint8Array): DispatchResult {
  const { storage } = execution;
  if (isMapped(storage, origin)) return fail(moduleError("Revive", "AccountAlreadyMapped"));
  const address = addressOf(origin);
  storage.put("Revive", "OriginalAccount", [address], origin);
  return DONE;
}

function dispatcherOf({ type, value: [inner] }: RuntimeCall): Dispatcher<unknown> {
  const pallet = DISPATCHERS[type] as Readonly<Record<string, Dispatcher<unknown>>>;
  return pallet[inner.type]!;
}

/** Picoseconds that a call takes at most. */
export const weightOf = (call: RuntimeCall): bigint =>
  dispatcherOf(call).weight(call.value[0].value);

/** Runs a call; if it fails, what it wrote is undone. */
export const dispatch = (execution: Execution, origin: Origin, call: RuntimeCall): DispatchResult =>
  execution.attempt(() => dispatcherOf(call).run(execution, origin, call.value[0].value));
