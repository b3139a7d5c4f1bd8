import type { LinearMemory } from "@dragoman/core";
import { bcsOf } from "../layout/bcs-encode.ts";
import { type JsonValue, jsonFromBcs } from "../layout/json-value.ts";
import { formatType } from "../layout/type-tag.ts";
import { formatAddress } from "../load/module-name.ts";
import type { MoveRequest } from "./message.ts";
import { MoveContext } from "./move-context.ts";

/** A resource as a frame has left it. */
export interface TouchedResource {
  readonly account: string;
  readonly type: string;
  /** Null where the account has no such resource, or none any more. */
  readonly value: JsonValue;
}

/**
 * The resources that a request's frame had touched when it ended, as they were then, whether it succeeded or failed. To be asked before the memory is
 * used again.
 */
export function touchedResources(
  { context }: MoveRequest,
  memory: LinearMemory,
): TouchedResource[] {
  if (!(context instanceof MoveContext)) return [];
  return [...context.globals.touched()].flatMap(({ type, address, owner }) => {
    if (owner === undefined) return [];
    const value = address === 0 ? null : jsonFromBcs(type, bcsOf(memory, type, address), 0).value;
    return [{ account: formatAddress(owner), type: formatType(type), value }];
  });
}
