import type { AbilitySet } from "../format/abilities.ts";
import type { Code, CompiledModule, CompiledScript } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import type { SignatureToken } from "../format/signature-token.ts";
import type { MoveStatus } from "../format/status.ts";
import { buildControlFlowGraph, type ControlFlowGraph } from "./control-flow-graph.ts";

export type CompiledFile = CompiledModule | CompiledScript;

/** One function with code, as the passes over code see it. */
export interface FunctionView {
  readonly file: CompiledFile;
  /** Index into the function definitions; 0 in a script. */
  readonly index: number;
  readonly code: Code;
  /** Types of all locals, parameters first. */
  readonly locals: readonly SignatureToken[];
  readonly parameterCount: number;
  readonly returns: readonly SignatureToken[];
  /** Constraints of the type parameters. */
  readonly typeParameters: readonly AbilitySet[];
  readonly graph: ControlFlowGraph;
}

/** The functions of a file that have code; the graph is built when it is first asked for. */
export function functionViews(file: CompiledFile): FunctionView[] {
  if (file.kind === "script") {
    const { parameters, typeParameters, code } = file;
    return [view(file, 0, code, parameters, [], typeParameters)];
  }
  return file.functionDefinitions.flatMap(({ handle, code }, index) => {
    if (code === undefined) return [];
    const { parameters, returns, typeParameters } = file.functionHandles[handle];
    return [view(file, index, code, parameters, file.signatures[returns], typeParameters)];
  });
}

function view(
  file: CompiledFile,
  index: number,
  code: Code,
  parameterSignature: number,
  returns: readonly SignatureToken[],
  typeParameters: readonly AbilitySet[],
): FunctionView {
  const parameters = file.signatures[parameterSignature];
  let graph: ControlFlowGraph | undefined;
  return {
    file,
    index,
    code,
    locals: [...parameters, ...file.signatures[code.locals]],
    parameterCount: parameters.length,
    returns,
    typeParameters,
    get graph() {
      graph ??= buildControlFlowGraph(code);
      return graph;
    },
  };
}

/** Refuses a function at one of its instructions. */
export function refuseAt(
  { file, index }: FunctionView,
  pc: number,
  status: MoveStatus,
  sentence: string,
): never {
  const place = file.kind === "script" ? { function: 0, pc } : { function: index, pc };
  throw new MoveFault(status, place, sentence);
}
