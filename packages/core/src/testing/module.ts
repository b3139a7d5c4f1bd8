import { FRAME } from "../host/frame-layout.ts";
import type { HostFunction, Program } from "../host/program.ts";
import type { WordPool } from "../ir/builder.ts";
import type { HostSignature, IrFunction, IrModule } from "../ir/function.ts";

/** A module of functions whose entry is function 0, for tests. */
export function moduleOf(
  functions: IrFunction[],
  pool: WordPool,
  hosts: HostSignature[] = [],
): IrModule {
  return {
    name: "test",
    functions,
    signatures: functions.map(({ params, results }) => ({ params, results })),
    entry: 0,
    hosts,
    words: pool.words,
    table: Int32Array.from(functions.keys()),
    indirect: functions.map(({ params, results }) => ({ params, results })),
    frameSize: FRAME.BODY + 32 * 1024 + 4096,
    operandStack: FRAME.BODY,
  };
}

let programs = 0;

/** A program whose optimistic module is `optimistic`, by default the exact one. */
export function programOf(
  exact: IrModule,
  hosts: HostFunction[] = [],
  optimistic = exact,
): Program {
  return { vm: "test", id: `test-${programs++}`, exact, optimistic: () => optimistic, hosts };
}
