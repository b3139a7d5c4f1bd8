import { HOST, type HostFunction } from "@dragoman/core";
import { argNumber, hostAddress } from "../runtime/guest-memory.ts";
import { invocationOf } from "../runtime/invocation.ts";
import { returnFrom } from "../runtime/invoke.ts";
import { RETURN_DATA_BYTES_MAX } from "../runtime/layout.ts";
import { readReturnData } from "../runtime/return-data.ts";
import { answer, failAccess, failSyscall, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import type { Syscall } from "./syscall.ts";

const set: HostFunction = (frame) => {
  const size = argNumber(frame, 1);
  if (!pay(frame, COST.SYSCALL_BASE + Math.floor(size / COST.BYTES_PER_UNIT))) return HOST.LEAVE;
  if (size > RETURN_DATA_BYTES_MAX) {
    return failSyscall(frame, `Return data too large (${size} > ${RETURN_DATA_BYTES_MAX})`);
  }
  const address = argNumber(frame, 0);
  const at = hostAddress(frame, address, size, false);
  if (at < 0) return failAccess(frame, address, size, false);
  returnFrom(frame.journal, invocationOf(frame), frame.memory.slice(at, size));
  return answer(frame, 0);
};

const get: HostFunction = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  const { programId, data } = readReturnData(frame.journal);
  const size = Math.min(argNumber(frame, 1), data.length);
  if (size === 0) return answer(frame, data.length);
  if (!pay(frame, Math.floor((size + 32) / COST.BYTES_PER_UNIT))) return HOST.LEAVE;
  const to = argNumber(frame, 0);
  const idTo = argNumber(frame, 2);
  const host = hostAddress(frame, to, size, true);
  if (host < 0) return failAccess(frame, to, size, true);
  const idHost = hostAddress(frame, idTo, 32, true);
  if (idHost < 0) return failAccess(frame, idTo, 32, true);
  if (host < idHost + 32 && idHost < host + size) return failSyscall(frame, "Overlapping copy");
  frame.memory.u8.set(data.subarray(0, size), host);
  frame.memory.u8.set(programId, idHost);
  return answer(frame, data.length);
};

export const RETURN_DATA_SYSCALLS: readonly Syscall[] = [
  { name: "sol_set_return_data", params: 2, run: set },
  { name: "sol_get_return_data", params: 3, run: get },
];
