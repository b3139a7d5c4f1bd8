import type { Engine } from "@dragoman/core";
import {
  type CompiledModule,
  decodeModule,
  moduleCell,
  type TransactionFacts,
} from "@dragoman/frontend-move";
import type { MoveMachine, MoveRun } from "./move-machine.ts";

/** For whom modules are initialised, with what gas is left, in which transaction. */
interface Initialisation {
  readonly publisher: Uint8Array;
  readonly gas: bigint;
  readonly transaction: TransactionFacts;
}

/**
 * Runs `init_module(&signer)` of a module that was just installed, if it has one. Undefined where it has none.
 */
export function initialiseModule(
  machine: MoveMachine,
  engine: Engine,
  module: string,
  { publisher, gas, transaction }: Initialisation,
): MoveRun | undefined {
  const bytes = engine.journal.readBytes(moduleCell(engine.journal, module));
  if (bytes === undefined || !hasInitialiser(decodeModule(bytes))) return undefined;
  return machine.run(engine, {
    module,
    function: "init_module",
    sender: publisher,
    gas,
    transaction,
    anyVisibility: true,
  });
}

/** A private function of the name without results and type parameters, whose only parameter is a signer. */
function hasInitialiser(module: CompiledModule): boolean {
  return module.functionDefinitions.some(({ handle, visibility }) => {
    const row = module.functionHandles[handle];
    if (row === undefined || module.identifiers[row.name] !== "init_module") return false;
    const [parameter, ...more] = module.signatures[row.parameters] ?? [];
    const type = parameter?.tag === "reference" ? parameter.inner : parameter;
    const isPlain = row.typeParameters.length === 0 && module.signatures[row.returns]?.length === 0;
    return visibility === "private" && isPlain && more.length === 0 && type?.tag === "signer";
  });
}
