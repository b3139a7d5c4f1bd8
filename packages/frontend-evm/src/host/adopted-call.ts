import type { CallRequest, Frame } from "@dragoman/core";
import { assert } from "@dragoman/fault";
import { HEADER } from "../frame-header.ts";
import type { EvmProgram } from "../program.ts";
import { Activation, activationOf } from "./activation.ts";

/** A frame that compiled code opened by itself: what the host needs of it is read back from its header. */
class AdoptedCall extends Activation {
  prepare(): void {
    assert(false, "a frame that compiled code opened is never run again");
  }

  finish(): number {
    assert(false, "compiled code ends the calls that it makes");
  }
}

/** The request that would have opened the frame at `address`, which `parent` called. */
export function adoptCall(program: EvmProgram, parent: Frame, address: number): CallRequest {
  const caller = activationOf(parent);
  const { i32 } = parent.memory;
  const at = address >>> 2;
  const self = i32[at + HEADER.STORAGE_TAG / 4] >>> 7;
  const isStatic = i32[at + HEADER.STATIC / 4] !== 0;
  const depth = i32[at + HEADER.DEPTH / 4];
  const call = new AdoptedCall(program, 0n, caller.environment, self, isStatic, depth);
  call.world = caller.world;
  call.environmentAddress = i32[at + HEADER.ENVIRONMENT / 4];
  return call;
}
