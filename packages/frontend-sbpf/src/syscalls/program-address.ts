import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { createProgramAddress, SEED_BYTES_MAX, SEEDS_MAX } from "../runtime/program-address.ts";
import { answer, failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { SLICE_BYTES } from "./hashing.ts";
import type { Syscall } from "./syscall.ts";

const TOO_LONG =
  "Could not create program address with signer seeds: Length of the seed is too long for address generation";

interface Inputs {
  readonly seeds: Uint8Array[];
  readonly programId: Uint8Array;
}

/** Seeds at r1 (r2 of them) and the program id at r3; undefined = the frame has ended. */
function readInputs(frame: Frame): Inputs | undefined {
  const address = argNumber(frame, 0);
  const count = argNumber(frame, 1);
  const at = hostAddress(frame, address, count * SLICE_BYTES, false);
  if (at < 0) return void failAccess(frame, address, count * SLICE_BYTES, false);
  if (isMisaligned(frame, at, 8)) return void failSyscall(frame, "Unaligned pointer");
  if (count > SEEDS_MAX) return void failSyscall(frame, TOO_LONG);
  const seeds: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const start = numberAt(frame, at + i * SLICE_BYTES);
    const size = numberAt(frame, at + i * SLICE_BYTES + 8);
    if (size > SEED_BYTES_MAX) return void failSyscall(frame, TOO_LONG);
    const host = hostAddress(frame, start, size, false);
    if (host < 0) return void failAccess(frame, start, size, false);
    seeds.push(frame.memory.slice(host, size));
  }
  const id = argNumber(frame, 2);
  const idHost = hostAddress(frame, id, 32, false);
  if (idHost < 0) return void failAccess(frame, id, 32, false);
  return { seeds, programId: frame.memory.slice(idHost, 32) };
}

const create: HostFunction = (frame) => {
  if (!pay(frame, COST.CREATE_PROGRAM_ADDRESS)) return HOST.LEAVE;
  const inputs = readInputs(frame);
  if (inputs === undefined) return HOST.LEAVE;
  const address = createProgramAddress(inputs.seeds, inputs.programId);
  if (address === undefined) return answer(frame, 1);
  const to = argNumber(frame, 3);
  const host = hostAddress(frame, to, 32, true);
  if (host < 0) return failAccess(frame, to, 32, true);
  frame.memory.u8.set(address, host);
  return answer(frame, 0);
};

const find: HostFunction = (frame) => {
  if (!pay(frame, COST.CREATE_PROGRAM_ADDRESS)) return HOST.LEAVE;
  const inputs = readInputs(frame);
  if (inputs === undefined) return HOST.LEAVE;
  for (let bump = 255; bump > 0; bump--) {
    const address = createProgramAddress([...inputs.seeds, Uint8Array.of(bump)], inputs.programId);
    if (address !== undefined) {
      const bumpTo = argNumber(frame, 4);
      const bumpHost = hostAddress(frame, bumpTo, 1, true);
      if (bumpHost < 0) return failAccess(frame, bumpTo, 1, true);
      const to = argNumber(frame, 3);
      const host = hostAddress(frame, to, 32, true);
      if (host < 0) return failAccess(frame, to, 32, true);
      if (bumpHost >= host && bumpHost < host + 32) return failSyscall(frame, "Overlapping copy");
      frame.memory.u8[bumpHost] = bump;
      frame.memory.u8.set(address, host);
      return answer(frame, 0);
    }
    if (!pay(frame, COST.CREATE_PROGRAM_ADDRESS)) return HOST.LEAVE;
  }
  return answer(frame, 1);
};

export const ADDRESS_SYSCALLS: readonly Syscall[] = [
  { name: "sol_create_program_address", params: 4, run: create },
  { name: "sol_try_find_program_address", params: 5, run: find },
];
