import { refuse } from "@dragoman/fault";
import { FRAME, OPERAND_STACK_BYTES } from "../host/frame-layout.ts";
import type { IrModule, IrSignature } from "./function.ts";
import { verifyFunction } from "./verify-function.ts";

const WORD_LIMIT = 1n << 256n;

/**
 * Refuses a module that breaks a rule of the IR with INVALID_IR, whose sentence names the rule, the function and the
 * block. Functions that have not been lifted are not lifted for this. Linear in the size of the module.
 */
export function verifyModule(module: IrModule): void {
  const { signatures, functions, entry, table, words, frameSize, operandStack } = module;
  const require = (holds: boolean, why: string): void => {
    if (!holds) refuse("INVALID_IR", undefined, `module ${module.name}: ${why}`);
  };
  require(functions.length === signatures.length, "each function has one signature");
  require(entry in signatures, "the entry is a function");
  require(isEmpty(signatures[entry]), "the entry has no parameters and no results");
  require(table.every(
    (fn) => fn === -1 || fn in signatures,
  ), "an entry of the table is no function");
  require(words.every((word) => word >= 0n && word < WORD_LIMIT), "a word has 256 bits");
  require(frameSize >= FRAME.BODY, "a frame holds its header and scratch area");
  if (operandStack !== 0) {
    require(operandStack >= FRAME.BODY, "the operand stack lies in the body of the frame");
    require(operandStack % 8 === 0, "the operand stack is aligned to 8 bytes");
    require(operandStack + OPERAND_STACK_BYTES <= frameSize, "the frame holds the operand stack");
  }
  functions.forEach((fn, index) => {
    if (fn === undefined) return;
    require(sameSignature(fn, signatures[index]), `f${index} has the signature that was declared`);
    verifyFunction(fn, module, index);
  });
}

const isEmpty = ({ params, results }: IrSignature): boolean => params.length + results.length === 0;

function sameSignature(a: IrSignature, b: IrSignature): boolean {
  return a.params.join() === b.params.join() && a.results.join() === b.results.join();
}
