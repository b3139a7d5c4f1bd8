import { isOk, Journal, MemoryState } from "@dragoman/core";
import { type Random, runBothTiers, type Variants } from "@dragoman/core/testing";
import {
  type CompiledModule,
  checkTypeArguments,
  type FunctionInstance,
  type LinkedFunction,
  type LinkedModule,
  MODULE_DOMAIN,
  type ModuleLoader,
  MoveFault,
  moduleId,
  type StructHandle,
  type TypeTag,
} from "@dragoman/frontend-move";
import { checkEntry, entryParameters, ModuleProgram } from "@dragoman/frontend-move/testing";
import { nameOf } from "./mutant-corpus.ts";
import { randomBcs } from "./random-bcs.ts";

/** Enough for what real functions do with small arguments, little enough to end a loop that a mutation made. */
const GAS = 300_000n;
/** Type arguments that are tried for a generic function before it is given up. */
const TRIES_MAX = 4;
const ASCII = new TextEncoder();

/** What became of the calls of one module's functions. */
export interface CallTally {
  /** Calls that ran in the tiers. */
  calls: number;
  /** Those of them that ended well. */
  succeeded: number;
  /** Functions that could not be called: no type arguments that fit, or types without a layout. */
  refused: number;
}

/**
 * Publishes `module` in a world of its own over the loader's modules and calls each of its functions that has code once, private ones
 * too, with random arguments. What a call changes is there for the next. Throws where tiers differ or an address violates the program's
 * regions; MoveFault where the module does not link.
 */
export function callEveryFunction(
  random: Random,
  module: CompiledModule,
  file: Uint8Array,
  loader: ModuleLoader,
  tally: CallTally,
  variants: Variants,
): void {
  const state = new MemoryState();
  const { address, name } = moduleId(module, module.self);
  state.write(MODULE_DOMAIN, address, ASCII.encode(name), file);
  const linked = loader.link(new Journal(state), [nameOf(module)]).module(nameOf(module));
  const wanted = linked.functions.filter(({ definition }) => definition.code !== undefined);
  const instances = wanted.flatMap((fn) => instanceOf(random, linked, fn) ?? []);
  tally.refused += wanted.length - instances.length;
  if (instances.length === 0) return;
  const program = new ModuleProgram(instances, true);
  program.entries.forEach((entry, index) => {
    const args = entryParameters(entry).map((type) => randomBcs(random, type));
    const run = runBothTiers(state, () => program.request(index, args, GAS), variants);
    tally.calls++;
    if (isOk(run.result.outcome)) tally.succeeded++;
    state.apply(run.changes);
  });
}

/** The function with type arguments that it takes; undefined where none were found or its types have no layout. */
function instanceOf(
  random: Random,
  module: LinkedModule,
  fn: LinkedFunction,
): FunctionInstance | undefined {
  const { typeParameters } = fn.handle;
  for (let tries = typeParameters.length === 0 ? TRIES_MAX : 1; tries <= TRIES_MAX; tries++) {
    try {
      const tags = typeParameters.map(() => randomTag(random, module.compiled));
      const typeArguments = tags.map((tag) => module.linkage.type(tag));
      checkTypeArguments(typeParameters, typeArguments);
      const instance = { fn, typeArguments };
      checkEntry(instance);
      return instance;
    } catch (error) {
      if (!(error instanceof MoveFault)) throw error;
    }
  }
  return undefined;
}

const SIMPLE: readonly TypeTag[] = [
  { tag: "u64" },
  { tag: "u8" },
  { tag: "bool" },
  { tag: "u256" },
  { tag: "address" },
  { tag: "vector", inner: { tag: "u8" } },
  { tag: "vector", inner: { tag: "u128" } },
];

/** A simple type, or a struct of the module. */
function randomTag(random: Random, module: CompiledModule): TypeTag {
  const definition = random.oneIn(2) ? undefined : module.structDefinitions[random.below(8)];
  if (definition === undefined) return random.pick(SIMPLE);
  const handle = module.structHandles[definition.handle] as StructHandle;
  const { address, name } = moduleId(module, handle.module);
  return {
    tag: "struct",
    address,
    module: name,
    name: module.identifiers[handle.name] as string,
    typeArguments: handle.typeParameters.map(() => random.pick(SIMPLE)),
  };
}
