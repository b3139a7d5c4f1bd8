import { encodeHex } from "@dragoman/bytes";
import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { argHigh, argNumber, hostAddress } from "../runtime/guest-memory.ts";
import { failure } from "../runtime/instruction-error.ts";
import { hasFeature, invocationOf } from "../runtime/invocation.ts";
import { SYSVARS, type SysvarName } from "../runtime/sysvars.ts";
import { answer, failAccess, failSyscall, failWith, isMisaligned, pay } from "./answer.ts";
import { COST, memoryCost } from "./costs.ts";
import type { Syscall } from "./syscall.ts";

/** With syscall_parameter_address_restrictions no result may lie in the input region or behind it. */
function isRestricted(frame: Frame, index: number): boolean {
  const { transaction } = invocationOf(frame);
  return (
    argHigh(frame, index) >= 4 && hasFeature(transaction, "syscallParameterAddressRestrictions")
  );
}

/** A getter that copies the whole sysvar, in the layout of its struct, to r1. */
const getter =
  (name: SysvarName): HostFunction =>
  (frame) => {
    const { idHex, structBytes, toStruct } = SYSVARS[name];
    if (!pay(frame, COST.SYSVAR_BASE + structBytes)) return HOST.LEAVE;
    if (isRestricted(frame, 0)) return failSyscall(frame, "Invalid pointer");
    const to = argNumber(frame, 0);
    const host = hostAddress(frame, to, structBytes, true);
    if (host < 0) return failAccess(frame, to, structBytes, true);
    if (isMisaligned(frame, host, 8)) return failSyscall(frame, "Unaligned pointer");
    const data = invocationOf(frame).transaction.sysvar(idHex);
    if (data === undefined) return failWith(frame, failure("UnsupportedSysvar"));
    frame.memory.u8.set(toStruct(data), host);
    return answer(frame, 0);
  };

const U64 = 2 ** 64;

/** Sysvars that have an account and nothing more are not among them. */
const KNOWN: ReadonlySet<string> = new Set(Object.values(SYSVARS).map(({ idHex }) => idHex));

const getSysvar: HostFunction = (frame) => {
  const size = argNumber(frame, 3);
  if (!pay(frame, COST.SYSVAR_BASE + memoryCost(size))) return HOST.LEAVE;
  if (isRestricted(frame, 1)) return failSyscall(frame, "Invalid pointer");
  const to = argNumber(frame, 1);
  const host = hostAddress(frame, to, size, true);
  if (host < 0) return failAccess(frame, to, size, true);
  const id = argNumber(frame, 0);
  const idHost = hostAddress(frame, id, 32, false);
  if (idHost < 0) return failAccess(frame, id, 32, false);
  const offset = argNumber(frame, 2);
  if (offset + size >= U64 || to + size >= U64) {
    return failWith(frame, failure("ArithmeticOverflow"));
  }
  const idHex = encodeHex(frame.memory.slice(idHost, 32));
  const isKnown = KNOWN.has(idHex);
  const data = isKnown ? invocationOf(frame).transaction.sysvar(idHex) : undefined;
  if (data === undefined) return answer(frame, 2);
  if (offset + size > data.length) return answer(frame, 1);
  frame.memory.u8.set(data.subarray(offset, offset + size), host);
  return answer(frame, 0);
};

export const SYSVAR_SYSCALLS: readonly Syscall[] = [
  { name: "sol_get_clock_sysvar", params: 1, run: getter("clock") },
  { name: "sol_get_epoch_schedule_sysvar", params: 1, run: getter("epochSchedule") },
  { name: "sol_get_rent_sysvar", params: 1, run: getter("rent") },
  { name: "sol_get_last_restart_slot", params: 1, run: getter("lastRestartSlot") },
  { name: "sol_get_epoch_rewards_sysvar", params: 1, run: getter("epochRewards") },
  { name: "sol_get_sysvar", params: 4, run: getSysvar },
];
