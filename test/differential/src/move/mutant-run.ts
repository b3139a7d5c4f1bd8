import { isOk, type Journal, MemoryState } from "@dragoman/core";
import { type Random, runBothTiers, type Variants } from "@dragoman/core/testing";
import {
  type CompiledModule,
  type FunctionHandle,
  MODULE_DOMAIN,
  MoveFault,
  type MoveProgram,
  type MovePrograms,
  moduleId,
  moveMessage,
  type StructHandle,
  type TypeTag,
} from "@dragoman/frontend-move";
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
  /** Functions that could not be called: type arguments or linking refused. */
  refused: number;
}

/**
 * Publishes `module` in a world of its own over the programs' modules and calls each of its functions that has code once, private ones
 * too, with random arguments. What a call changes is there for the next. Throws where tiers differ or an address violates its program.
 */
export function callEveryFunction(
  random: Random,
  module: CompiledModule,
  file: Uint8Array,
  programs: MovePrograms,
  tally: CallTally,
  variants: Variants,
): void {
  const state = new MemoryState();
  const { address, name } = moduleId(module, module.self);
  state.write(MODULE_DOMAIN, address, ASCII.encode(name), file);
  for (const definition of module.functionDefinitions) {
    if (definition.code === undefined) continue;
    const handle = module.functionHandles[definition.handle] as FunctionHandle;
    const fn = module.identifiers[handle.name] as string;
    const tags = (): TypeTag[] => handle.typeParameters.map(() => randomTag(random, module));
    callFunction(
      random,
      state,
      programs,
      { module: nameOf(module), function: fn, tags },
      tally,
      variants,
    );
  }
}

interface Callee {
  readonly module: string;
  readonly function: string;
  /** New type arguments each time. */
  readonly tags: () => TypeTag[];
}

function callFunction(
  random: Random,
  state: MemoryState,
  programs: MovePrograms,
  callee: Callee,
  tally: CallTally,
  variants: Variants,
): void {
  const { module, function: fn } = callee;
  let call: { typeArguments: TypeTag[]; args: Uint8Array[]; signers: Uint8Array[] } | undefined;
  const run = () =>
    runBothTiers(
      state,
      (journal) => {
        call ??= makeCall(random, journal, programs, callee);
        const message = { ...call, module, function: fn, gas: GAS, anyVisibility: true };
        return moveMessage(programs, journal, message);
      },
      variants,
    );
  try {
    const { result, changes } = run();
    tally.calls++;
    if (isOk(result.outcome)) tally.succeeded++;
    state.apply(changes);
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    tally.refused++;
  }
}

/** Type arguments that the function takes, and arguments of its types. */
function makeCall(random: Random, journal: Journal, programs: MovePrograms, callee: Callee) {
  for (let tries = 1; ; tries++) {
    const typeArguments = callee.tags();
    try {
      const program = programs.program(journal, callee.module, callee.function, typeArguments);
      return { typeArguments, ...randomArguments(random, program) };
    } catch (error) {
      const isLast = tries === TRIES_MAX || typeArguments.length === 0;
      if (!(error instanceof MoveFault) || isLast) throw error;
    }
  }
}

function randomArguments(random: Random, program: MoveProgram) {
  const args: Uint8Array[] = [];
  const signers: Uint8Array[] = [];
  for (const { type } of program.layout.parameters) {
    (type.kind === "signer" ? signers : args).push(randomBcs(random, type));
  }
  return { args, signers };
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
