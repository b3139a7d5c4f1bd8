import { analyseControlFlow } from "../ir/control-flow.ts";
import type { IrFunction, IrModule } from "../ir/function.ts";
import { findJoins } from "./merge-blocks.ts";
import { findRedundantParams } from "./redundant-params.ts";
import { Rewriter, type Visitor } from "./rewriter.ts";
import { findForwarders } from "./thread-jumps.ts";

/**
 * Removes unreachable blocks, threads jumps through empty ones, merges blocks with their only successors, and drops block
 * parameters that have one value. `visitors` see the code as it is written.
 */
export function simplifyControlFlow(
  fn: IrFunction,
  module: IrModule,
  visitors: readonly Visitor[] = [],
): IrFunction {
  const flow = analyseControlFlow(fn);
  const forwardAt = findForwarders(fn, flow);
  const join = findJoins(fn, flow, forwardAt);
  const { replacement, dropped } = findRedundantParams(fn, flow);
  const isSimple =
    flow.order.length === fn.blocks.length &&
    forwardAt.every((at) => at < 0) &&
    join.every((block) => block < 0) &&
    dropped.every((flag) => flag === 0);
  if (isSimple && visitors.length === 0) return fn;
  return new Rewriter(fn, module, visitors, { forwardAt, join, replacement, dropped }, flow).run();
}
