import { MemoryState } from "@dragoman/core";
import type { MoveMessage } from "../execute/message.ts";
import type { JsonValue } from "../layout/json-value.ts";
import { runMove } from "./run-move.ts";

/** What a call of a test brings beside its arguments. */
type Extra = Pick<MoveMessage, "typeArguments" | "transaction" | "print" | "sender">;

/**
 * Calls `module::function` of 0x1 in every tier, private functions too; arguments behind references are given as what they point to. Its
 * result, its results, or the code with which it aborted, a bigint, or the name of another failure.
 */
export function callStdlib(
  name: `${string}::${string}`,
  args: readonly (JsonValue | Uint8Array)[] = [],
  extra: Extra = {},
): unknown {
  const [module, fn] = name.split("::") as [string, string];
  const call = { module: `0x1::${module}`, function: fn, args, ...extra };
  const { json, failure } = runMove(new MemoryState(), call);
  if (json === undefined) return failure?.abortCode ?? failure?.status;
  return json.length === 1 ? json[0] : json;
}
