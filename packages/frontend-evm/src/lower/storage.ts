import { I256 } from "@dragoman/core";
import { DIRECT_ROUTINE } from "./direct-routines.ts";
import type { Emitter } from "./emitter.ts";
import { HOST_INDEX } from "./host-index.ts";

/** SLOAD, TLOAD: optimistic code looks into the journal itself. */
export function lowerLoad(routine: number, host: number): (e: Emitter) => void {
  return (e) => {
    const args = [e.word(e.pop())];
    e.push((e.usesHosts ? e.b.host(host, [I256], args) : e.b.call(routine, [I256], args))[0]);
  };
}

/** SSTORE, TSTORE. */
export function lowerStore(routine: number, host: number): (e: Emitter) => void {
  return (e) => {
    const key = e.word(e.pop());
    const value = e.word(e.pop());
    if (!e.usesHosts) e.b.call(routine, [], [key, value]);
    else e.b.host(host, [], [key, value]);
  };
}

export const lowerSload = lowerLoad(DIRECT_ROUTINE.SLOAD, HOST_INDEX.sload);
export const lowerSstore = lowerStore(DIRECT_ROUTINE.SSTORE, HOST_INDEX.sstore);
export const lowerTload = lowerLoad(DIRECT_ROUTINE.TLOAD, HOST_INDEX.tload);
export const lowerTstore = lowerStore(DIRECT_ROUTINE.TSTORE, HOST_INDEX.tstore);
