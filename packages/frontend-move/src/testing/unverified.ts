import { assembleUnit } from "../asm/assemble.ts";
import { decodeModule } from "../format/decode.ts";
import { encodeModule } from "../format/encode.ts";
import type { Code, CompiledModule } from "../format/module.ts";
import { type FaultPlace, MoveFault } from "../format/move-fault.ts";
import { OP } from "../format/opcodes.ts";
import { scriptModule } from "../format/script-module.ts";
import { type FindModule, verifyDependencies } from "../verify/dependencies.ts";
import { verifyModule } from "../verify/verify.ts";

/**
 * A module whose functions are verified one by one, as if each were when it is first called: those that are refused have a body that
 * aborts with {@link UNVERIFIED}.
 */
export interface Unverified {
  readonly module: CompiledModule;
  /** Why functions are refused, by their index. */
  readonly refusals: ReadonlyMap<number, MoveFault>;
  /** Why the declarations are refused; nothing of the module can run. */
  readonly refusal: MoveFault | undefined;
}

/** The abort code of a function that was refused. */
export const UNVERIFIED = 0x7e57_c0de_7e57_c0den;

/**
 * Assembles a module or script (as a module) that need not verify.
 *
 * @throws MoveTextFault
 */
export function assembleUnverified(
  text: string,
  published: ReadonlyMap<string, CompiledModule>,
): Unverified & { readonly kind: "module" | "script" } {
  const unit = assembleUnit(text, published.values());
  const whole = unit.kind === "script" ? scriptModule(unit) : unit;
  const kind = unit.kind;
  const find: FindModule = (key) => published.get(key);
  const stubbed = (keep: (index: number) => boolean): CompiledModule => ({
    ...whole,
    functionDefinitions: whole.functionDefinitions.map((definition, index) => {
      if (definition.code === undefined || keep(index)) return definition;
      return { ...definition, acquires: [], code: stubOf(definition.code) };
    }),
  });
  const refusals = new Map<number, MoveFault>();
  whole.functionDefinitions.forEach((_, index) => {
    const fault = faultOf(() => verifyModule(stubbed((other) => other === index)));
    if (fault?.place.function === index) refusals.set(index, fault);
  });
  const module = stubbed((index) => !refusals.has(index));
  const refusal = faultOf(() => {
    decodeModule(encodeModule(module));
    verifyModule(module);
    verifyDependencies(module, find);
  });
  return { kind, module, refusals, refusal };
}

/** Instructions that fit any signature. */
function stubOf({ locals }: Code): Code {
  return {
    locals,
    ops: Uint8Array.of(OP.LdU64, OP.Abort),
    a: new Uint32Array(2),
    b: new Uint32Array(2),
    wide: [UNVERIFIED],
  };
}

function faultOf(verify: () => void): MoveFault | undefined {
  try {
    verify();
    return undefined;
  } catch (error) {
    if (error instanceof MoveFault) return error;
    throw error;
  }
}

/** `0:3`, or the function alone where the instruction is not known. */
export function placeText({ function: index, pc }: FaultPlace): string {
  return pc === undefined ? String(index) : `${index}:${pc}`;
}
