import type { CallRequest, Frame } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import type { Frontend } from "../frontend.ts";
import { PORTAL_OUTCOME } from "../outcome.ts";
import { decodePortalCall, type PortalCall, type Vm } from "./payload.ts";
import { convertGas, costOf } from "./rates.ts";
import { derivedSender } from "./sender.ts";

/** How a host function of the caller's machine goes on when the call is over: a host answer. */
export type Deliver = (caller: Frame, outcome: number, output: Uint8Array) => number;

const EMPTY = new Uint8Array(0);

/**
 * Calls between machines in one journal. A call through the portal is a frame of another frontend below the caller's frame: a failure of
 * either undoes what belongs to it, and the journal holds the changes of all.
 */
export class Portal {
  readonly #frontends: ReadonlyMap<Vm, Frontend>;

  constructor(frontends: ReadonlyMap<Vm, Frontend>) {
    this.#frontends = frontends;
  }

  /**
   * Host function of every machine's portal. `gas` of the caller's unit is available to the call; what the callee uses is charged to the
   * caller's frame, rounded up. Refusals (unreadable payload, reentrancy, unknown target) are delivered as outcomes.
   */
  open(frame: Frame, from: Vm, caller: Uint8Array, payload: Uint8Array, deliver: Deliver): number {
    const call = readPayload(payload);
    if (call === undefined) return deliver(frame, PORTAL_OUTCOME.PORTAL_PAYLOAD, EMPTY);
    if (call.vm === from || isActive(frame, call.vm)) {
      return deliver(frame, PORTAL_OUTCOME.PORTAL_REENTRANCY, EMPTY);
    }
    const all = convertGas(frame.gas, from, call.vm);
    const gas = call.gas === 0n || call.gas > all ? all : call.gas;
    const reserved = costOf(gas, call.vm, from);
    const finish: CallRequest["finish"] = (own, callee) => {
      own.gas += reserved - costOf(gas - callee.gas, call.vm, from);
      return deliver(own, callee.outcome, callee.output);
    };
    let request: CallRequest;
    try {
      const sender = derivedSender(from, caller);
      request = this.#frontends.get(call.vm)!.portalRequest(call, sender, gas, frame, finish);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      return deliver(frame, PORTAL_OUTCOME.PORTAL_TARGET, EMPTY);
    }
    frame.gas -= reserved;
    return frame.call(request);
  }
}

function readPayload(payload: Uint8Array): PortalCall | undefined {
  try {
    return decodePortalCall(payload);
  } catch (error) {
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}

/** Frontend names as programs carry them. */
const PROGRAM_VM: Record<Vm, string> = { evm: "evm", svm: "sbpf", move: "move" };

function isActive(frame: Frame, vm: Vm): boolean {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    if (at.program.vm === PROGRAM_VM[vm]) return true;
  }
  return false;
}
