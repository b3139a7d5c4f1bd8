import type { CallRequest, Frame } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import type { Frontend } from "../frontend.ts";
import { PORTAL_OUTCOME } from "../outcome.ts";
import { decodePortalCall, type PortalCall, type Vm } from "./payload.ts";
import { convertGas, costOf, PORTAL_TICKS, TICKS_PER_GAS } from "./rates.ts";
import { derivedSender } from "./sender.ts";

export interface PortalRequest {
  /** Frame of the program that calls. */
  readonly frame: Frame;
  /** Its machine and its address there. */
  readonly from: Vm;
  readonly caller: Uint8Array;
  readonly payload: Uint8Array;
  /** Gas of the caller's unit that the call may cost at most; the caller has set it aside. */
  readonly available: bigint;
  /** True: the caller must not write. */
  readonly isStatic: boolean;
}

/** How the caller's machine goes on: `cost` in its unit, at most what was available. Answers like a host function. */
export type Deliver = (outcome: number, output: Uint8Array, cost: bigint) => number;

const EMPTY = new Uint8Array(0);

/** Frontend names as programs carry them. */
const PROGRAM_VM: Record<Vm, string> = { evm: "evm", svm: "sbpf", move: "move" };

/**
 * Calls between machines in one journal. A call through the portal is a frame of another frontend below the caller's frame: a failure of
 * either undoes what belongs to it, and the journal holds the changes of all.
 */
export class Portal {
  readonly #frontends: ReadonlyMap<Vm, Frontend>;

  constructor(frontends: ReadonlyMap<Vm, Frontend>) {
    this.#frontends = frontends;
  }

  /** Host function of every machine's portal. Refusals (unreadable payload, reentrancy, unknown target) are delivered as outcomes. */
  open(request: PortalRequest, deliver: Deliver): number {
    const { frame, from, available } = request;
    const base = (PORTAL_TICKS + TICKS_PER_GAS[from] - 1n) / TICKS_PER_GAS[from];
    const refuse = (outcome: number): number => deliver(outcome, EMPTY, min(base, available));
    if (available < base) return refuse(PORTAL_OUTCOME.PORTAL_GAS);
    if (request.isStatic) return refuse(PORTAL_OUTCOME.PORTAL_STATIC);
    const call = readPayload(request.payload);
    if (call === undefined) return refuse(PORTAL_OUTCOME.PORTAL_PAYLOAD);
    if (isActive(frame, call.vm)) return refuse(PORTAL_OUTCOME.PORTAL_REENTRANCY);
    const all = convertGas(available - base, from, call.vm);
    const gas = call.gas === 0n || call.gas > all ? all : call.gas;
    const finish: CallRequest["finish"] = (_caller, callee) => {
      const used = costOf(gas - callee.gas, call.vm, from);
      return deliver(callee.outcome, callee.output, base + used);
    };
    const sender = derivedSender(from, request.caller);
    const callee = readTarget(() =>
      this.#frontends.get(call.vm)!.portalRequest(call, sender, gas, frame, finish),
    );
    return callee === undefined ? refuse(PORTAL_OUTCOME.PORTAL_TARGET) : frame.call(callee);
  }
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const readPayload = (payload: Uint8Array): PortalCall | undefined =>
  readTarget(() => decodePortalCall(payload));

/** The value, or undefined if the input was refused: a program sees refusals as outcomes. */
function readTarget<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}

function isActive(frame: Frame, vm: Vm): boolean {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    if (at.program.vm === PROGRAM_VM[vm]) return true;
  }
  return false;
}
