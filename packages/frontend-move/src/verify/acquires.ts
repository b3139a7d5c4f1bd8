import { ABILITY } from "../format/abilities.ts";
import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import { callOperand, plainName, structOperand } from "./instruction-shape.ts";
import type { AcquiresByHandle } from "./reference-safety.ts";

/** A function names exactly the resources that it, or what it calls in its module, touches. */
export function verifyAcquires(view: FunctionView, acquiresOf: AcquiresByHandle): void {
  const module = view.file as CompiledModule;
  const annotated = new Set(module.functionDefinitions[view.index].acquires);
  const actual = new Set<number>();
  const acquire = (definition: number, pc: number) => {
    if (!annotated.has(definition)) {
      const sentence = `resource ${definition} is not among the acquired ones`;
      refuseAt(view, pc, "MISSING_ACQUIRES_ANNOTATION", sentence);
    }
    actual.add(definition);
  };
  view.code.ops.forEach((op, pc) => {
    switch (plainName(op)) {
      case "Call":
        for (const definition of acquiresOf.get(callOperand(view, pc).handle) ?? []) {
          acquire(definition, pc);
        }
        return;
      case "MoveFrom":
      case "MutBorrowGlobal":
      case "ImmBorrowGlobal":
        acquire(structOperand(view, pc).definition, pc);
    }
  });
  for (const definition of annotated) {
    const place = { function: view.index };
    if (!actual.has(definition)) {
      const sentence = `resource ${definition} is named but not touched`;
      throw new MoveFault("EXTRANEOUS_ACQUIRES_ANNOTATION", place, sentence);
    }
    const { handle } = module.structDefinitions[definition];
    if ((module.structHandles[handle].abilities & ABILITY.key) === 0) {
      const sentence = `struct ${definition} is no resource`;
      throw new MoveFault("INVALID_ACQUIRES_ANNOTATION", place, sentence);
    }
  }
}
