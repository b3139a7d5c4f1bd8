import { assert } from "@dragoman/fault";
import { type Extrinsic, signerOf } from "../extrinsic/extrinsic.ts";
import { inclusionFee, totalFee } from "../extrinsic/fees.ts";
import { accountInfo, exists, setFree, setNonce } from "../runtime/accounts.ts";
import { BASE_EXTRINSIC_WEIGHT } from "../runtime/parameters.ts";
import type { DispatchError, DispatchInfo } from "../runtime/primitives.ts";
import { eventOf } from "../runtime/runtime.ts";
import { dispatch, weightOf } from "./dispatch.ts";
import type { Execution } from "./execution.ts";

/** How an extrinsic of a block ended. */
export interface ExtrinsicOutcome {
  readonly error: DispatchError | undefined;
  /** Picoseconds. */
  readonly refTime: bigint;
  /** Plancks, with tip. */
  readonly fee: bigint;
  /** What a contract returned or reverted with. */
  readonly output: Uint8Array;
}

const NO_OUTPUT = new Uint8Array(0);

/** Runs an extrinsic that was checked, as the next one of the block: fee, nonce, call, refund, events. */
export function applyExtrinsic(
  execution: Execution,
  extrinsic: Extrinsic,
  index: number,
): ExtrinsicOutcome {
  execution.extrinsic = index;
  const { signed, call, bytes } = extrinsic;
  const account = signed && signerOf(signed);
  const announced = weightOf(call);
  const tip = signed?.tip ?? 0n;
  const prepaid = totalFee(inclusionFee(bytes.length, announced)) + tip;
  if (account !== undefined) {
    const info = accountInfo(execution, account);
    setFree(execution, account, info.data.free - prepaid);
    execution.emit(eventOf("Balances", "Withdraw", { who: account, amount: prepaid }));
    setNonce(execution, account, info.nonce + 1);
  }
  const { error, refTime = announced, output = NO_OUTPUT } = dispatch(execution, account, call);
  assert(refTime <= announced, "a call takes at most what its weight announces");
  const fee = account === undefined ? 0n : totalFee(inclusionFee(bytes.length, refTime)) + tip;
  if (account !== undefined) refund(execution, account, { prepaid, fee, tip });
  const info: DispatchInfo = {
    weight: { ref_time: refTime + BASE_EXTRINSIC_WEIGHT, proof_size: 0n },
    class: { type: account === undefined ? "Mandatory" : "Normal", value: [] },
    pays_fee: { type: "Yes", value: [] },
  };
  execution.emit(
    error === undefined
      ? eventOf("System", "ExtrinsicSuccess", { dispatch_info: info })
      : eventOf("System", "ExtrinsicFailed", { dispatch_error: error, dispatch_info: info }),
  );
  return { error, refTime, fee, output };
}

/** Gives back what was paid for weight that was not used; an account that its own call ended gets nothing. */
function refund(
  execution: Execution,
  who: Uint8Array,
  { prepaid, fee, tip }: { readonly prepaid: bigint; readonly fee: bigint; readonly tip: bigint },
): void {
  const info = accountInfo(execution, who);
  const amount = exists(info) ? prepaid - fee : 0n;
  if (amount > 0n) {
    setFree(execution, who, info.data.free + amount);
    execution.emit(eventOf("Balances", "Deposit", { who, amount }));
  }
  const paid = { who, actual_fee: prepaid - amount, tip };
  execution.emit(eventOf("TransactionPayment", "TransactionFeePaid", paid));
}
