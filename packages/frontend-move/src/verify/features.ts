import type { Code, FunctionHandle } from "../format/module.ts";
import { type FaultPlace, MoveFault } from "../format/move-fault.ts";
import { OP, opName } from "../format/opcodes.ts";
import { innerTokens, type SignatureToken } from "../format/signature-token.ts";
import type { CompiledFile } from "./function-view.ts";
import { fieldLists } from "./limits.ts";
import type { VerifierConfig } from "./verifier-config.ts";

/** The file uses only features that are switched on, and that its flavour still has. */
export function verifyFeatures(file: CompiledFile, config: VerifierConfig): void {
  file.signatures.forEach((signature, index) => {
    for (const token of signature) checkToken(token, config, { table: "signatures", index });
  });
  file.functionHandles.forEach((handle, index) => {
    checkHandle(handle, config, { table: "functionHandles", index });
  });
  if (file.kind === "script") return checkCode(file, file.code, 0, config);
  file.structDefinitions.forEach(({ layout }, index) => {
    const place = { table: "structDefinitions", index };
    if (layout.tag === "variants" && !config.enumTypes) refuse(place, "enums");
    for (const fields of fieldLists(layout)) {
      for (const { type } of fields) checkToken(type, config, place);
    }
  });
  file.functionDefinitions.forEach(({ code }, index) => {
    if (code !== undefined) checkCode(file, code, index, config);
  });
}

function refuse(place: FaultPlace, noun: string): never {
  throw new MoveFault("FEATURE_NOT_ENABLED", place, `${noun} are not enabled`);
}

function checkHandle(handle: FunctionHandle, config: VerifierConfig, place: FaultPlace): void {
  if (handle.accesses !== undefined && !config.accessSpecifiers) refuse(place, "access specifiers");
  if (handle.attributes !== undefined && !config.functionValues) refuse(place, "attributes");
}

function checkToken(token: SignatureToken, config: VerifierConfig, place: FaultPlace): void {
  if (config.functionValues) return;
  if (token.tag === "function") refuse(place, "function values");
  for (const inner of innerTokens(token)) checkToken(inner, config, place);
}

/** Sui keeps objects in place of global storage and took its instructions out of version 7. */
const GLOBAL_OPS: ReadonlySet<number> = new Set([
  OP.Exists,
  OP.ExistsGeneric,
  OP.MutBorrowGlobal,
  OP.MutBorrowGlobalGeneric,
  OP.ImmBorrowGlobal,
  OP.ImmBorrowGlobalGeneric,
  OP.MoveFrom,
  OP.MoveFromGeneric,
  OP.MoveTo,
  OP.MoveToGeneric,
]);
const CLOSURE_OPS: ReadonlySet<number> = new Set([
  OP.PackClosure,
  OP.PackClosureGeneric,
  OP.CallClosure,
]);

function checkCode(file: CompiledFile, code: Code, index: number, config: VerifierConfig): void {
  const refused =
    file.flavour === "sui" ? GLOBAL_OPS : config.functionValues ? undefined : CLOSURE_OPS;
  if (refused === undefined) return;
  code.ops.forEach((op, pc) => {
    if (refused.has(op)) refuse({ function: index, pc }, `instructions ${opName(op)}`);
  });
}
