import {
  FRAME,
  FunctionBuilder,
  type HostFunction,
  OUTCOME,
  type Program,
  WordPool,
} from "@dragoman/core";
import { SVM_OUTCOME } from "../lift/outcomes.ts";
import { isBalanced } from "./account-rules.ts";
import { customFailure, failure } from "./instruction-error.ts";
import { type FoundProgram, invocationOf, logLine, type NativeProgram } from "./invocation.ts";

/** A program of one host function, for native programs and for what else answers in place of code. */
export function hostProgram(id: string, run: HostFunction): Program {
  const pool = new WordPool();
  const builder = new FunctionBuilder("main", [], [], pool);
  builder.begin(0);
  builder.host(0, [], []);
  builder.ret();
  const module = {
    name: id,
    functions: [builder.build()],
    signatures: [{ params: [], results: [] }],
    entry: 0,
    hosts: [{ name: "run", params: [], results: [] }],
    words: pool.words,
    table: new Int32Array(0),
    indirect: [],
    frameSize: FRAME.BODY,
    operandStack: 0,
  };
  return { vm: "sbpf", id, exact: module, optimistic: () => undefined, hosts: [run] };
}

/** The program that runs `native`, which costs `units` before anything else. */
export function nativeProgram(id: string, units: number, native: NativeProgram): FoundProgram {
  const program = hostProgram(id, (frame) => {
    if (!frame.charge(units)) {
      frame.gas = 0n;
      frame.detail = failure("ComputationalBudgetExceeded");
      return frame.leave(SVM_OUTCOME.SYSCALL_ERROR);
    }
    const { journal } = frame;
    const log = (line: string): void => logLine(frame, line);
    let refusal = native({ frame, journal, invocation: invocationOf(frame), log });
    if (refusal === undefined && !isBalanced(journal)) refusal = "UnbalancedInstruction";
    if (refusal !== undefined) {
      frame.detail = typeof refusal === "number" ? customFailure(refusal) : failure(refusal);
      return frame.leave(SVM_OUTCOME.PROGRAM_ERROR);
    }
    log(`Program ${invocationOf(frame).programName} success`);
    return frame.leave(OUTCOME.OK);
  });
  return { program: { ...program, isHost: true }, isUnaligned: false, isNative: true };
}
