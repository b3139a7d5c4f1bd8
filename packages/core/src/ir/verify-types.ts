import type { IrSignature } from "./function.ts";
import { OP, OPS } from "./ops.ts";
import { I32, type ValueType } from "./value-type.ts";
import { fail, requireType, type Verification } from "./verify-function.ts";

/** Scratch slots of a frame: what a host function can take or give. */
const HOST_VALUES_MAX = 32;

/** Operands, arguments and results of the instruction in view have the types of its row or signature. */
export function verifyTypes(view: Verification): void {
  const { fn, at } = view;
  const { code } = fn;
  const op = code[at] & 0xff;
  if (OPS[op].variadic) {
    verifyVariadic(view, op);
    return;
  }
  if (op === OP["var.get"] || op === OP["var.set"]) {
    const index = code[at + 3];
    if (index < 0 || index >= fn.vars.length) fail(view, `variable ${index} does not exist`);
    requireType(view, code[at + 2], fn.vars[index], `of variable ${index}`);
    return;
  }
  const { results, args, resultCount } = OPS[op];
  if (resultCount === 1) requireType(view, code[at + 2], results[0], "the result");
  for (let i = 0; i < args.length; i++) {
    requireType(view, code[at + 2 + resultCount + i], args[i], `operand ${i}`);
  }
}

function verifyVariadic(view: Verification, op: number): void {
  const { fn, module, at } = view;
  const { code } = fn;
  switch (op) {
    case OP.br:
      verifyEdge(view, at + 2);
      return;
    case OP["br.if"]:
      requireType(view, code[at + 2], I32, "the condition");
      verifyEdge(view, at + 3);
      verifyEdge(view, at + 5 + code[at + 4]);
      return;
    case OP.switch:
      requireType(view, code[at + 2], I32, "the index");
      return;
    case OP.ret:
      verifyValues(view, at + 2, fn.results, "value");
      return;
    case OP["host.if"]: {
      requireType(view, code[at + 3], I32, "the condition");
      const host = verifyHost(view, code[at + 2]);
      if (host.results.length > 0) fail(view, "a host function with results is called always");
      verifyValues(view, at + 4, host.params, "argument");
      return;
    }
    case OP["call.indirect"]: {
      const signature = module.indirect[code[at + 2]];
      if (signature === undefined) fail(view, `signature ${code[at + 2]} does not exist`);
      requireType(view, code[at + 3], I32, "the index");
      verifyCall(view, at + 4, signature);
      return;
    }
    case OP.call: {
      const signature = module.signatures[code[at + 2]];
      if (signature === undefined) fail(view, `function ${code[at + 2]} does not exist`);
      verifyCall(view, at + 3, signature);
      return;
    }
    default:
      verifyCall(view, at + 3, verifyHost(view, code[at + 2]));
      return;
  }
}

function verifyHost(view: Verification, index: number): IrSignature {
  const host = view.module.hosts[index];
  if (host === undefined) fail(view, `host function ${index} does not exist`);
  if (Math.max(host.params.length, host.results.length) > HOST_VALUES_MAX) {
    fail(view, `a host function has at most ${HOST_VALUES_MAX} parameters and results`);
  }
  return host;
}

/** Results, whose count stands at `from`, then arguments. */
function verifyCall(view: Verification, from: number, signature: IrSignature): void {
  verifyValues(view, from, signature.results, "result");
  verifyValues(view, from + 1 + view.fn.code[from], signature.params, "argument");
}

/** Block at `from` and its arguments; that their number is right has been checked. */
function verifyEdge(view: Verification, from: number): void {
  const { fn } = view;
  const { params } = fn.blocks[fn.code[from]];
  for (let i = 0; i < params.length; i++) {
    const type = fn.valueTypes[params[i]] as ValueType;
    requireType(view, fn.code[from + 2 + i], type, `argument ${i}`);
  }
}

function verifyValues(
  view: Verification,
  from: number,
  types: readonly ValueType[],
  what: string,
): void {
  const { code } = view.fn;
  if (code[from] !== types.length)
    fail(view, `there are ${types.length} ${what}s, not ${code[from]}`);
  for (let i = 0; i < types.length; i++) {
    requireType(view, code[from + 1 + i], types[i], `${what} ${i}`);
  }
}
