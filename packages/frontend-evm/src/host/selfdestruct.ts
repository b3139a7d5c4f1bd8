import { type Frame, OUTCOME } from "@dragoman/core";
import { DESTROYED_COUNTER, MARK } from "../account/domains.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { traceSelfdestruct } from "../trace/host-events.ts";
import { activationOf } from "./activation.ts";
import { addRefund } from "./storage.ts";

const balance = new Uint32Array(8);
const ZERO = new Uint32Array(8);

/** SELFDESTRUCT: moves the balance; the account goes when the transaction ends, since EIP-6780 only if it is new. */
export function selfdestruct(frame: Frame): number {
  const { world, self, machine, isStatic, trace } = activationOf(frame);
  if (isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
  const { rules } = machine.schedule;
  const heir = world.accountOf(frame.memory.u32, frame.slot(0) >>> 2);
  const own = world.balanceCell(self);
  let price = rules.selfdestructCold > 0 && world.warm(heir) ? rules.selfdestructCold : 0;
  const opens = rules.emptyAccounts
    ? !world.isZero(own) && world.isEmpty(heir)
    : !world.exists(heir);
  if (opens) price += rules.selfdestructNewAccount;
  if (price > 0 && !frame.charge(price)) return frame.leave(OUTCOME.OUT_OF_GAS);
  const marks = world.marks(self);
  const dies = !rules.selfdestructOnlyNew || (marks & MARK.CREATED) !== 0;
  if (dies && rules.selfdestructRefund > 0 && (marks & MARK.DESTROYED) === 0) {
    addRefund(world, rules.selfdestructRefund);
  }
  if (trace !== undefined) traceSelfdestruct(trace, frame, heir, world.journal.readWord(own));
  world.journal.readWords(own, balance, 0);
  world.transfer(self, heir, balance, 0);
  if (dies) {
    world.journal.writeWords(own, ZERO, 0);
    world.addMark(self, MARK.DESTROYED);
    world.journal.setCounter(DESTROYED_COUNTER, world.journal.counter(DESTROYED_COUNTER) + 1);
  }
  return frame.leave(OUTCOME.OK);
}
