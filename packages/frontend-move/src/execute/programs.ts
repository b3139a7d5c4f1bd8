import type { HostFunction, Journal } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { checkTypeArguments } from "../layout/type-pool.ts";
import type { TypeTag } from "../layout/type-tag.ts";
import type { Linkage, LinkedModule } from "../load/linkage.ts";
import type { ModuleLoader } from "../load/loader.ts";
import { liftedProgram } from "./lifted-program.ts";
import { MoveProgram } from "./program.ts";

/** Programs of one linkage that are kept; more, and all of them are made anew. */
const PROGRAMS_MAX = 1024;

/** Finds, links and keeps programs: one per function, type arguments and state of the code. */
export class MovePrograms {
  readonly loader: ModuleLoader;
  readonly #asserted: boolean;
  readonly #natives: ReadonlyMap<string, HostFunction>;
  readonly #programs = new WeakMap<Linkage, Map<string, MoveProgram>>();

  /**
   * `natives`: by `0xA::m::f`, the implementation of that native function. Its arguments are in the scratch slots: the parameters,
   * values in memory by their address, then an address for each result that lies in memory (see `readByteVector`,
   * `writeByteVector`). It may ask for a call. `asserted`: for tests, all programs run under assertion of their addresses.
   */
  constructor(
    loader: ModuleLoader,
    natives: ReadonlyMap<string, HostFunction> = new Map(),
    asserted = false,
  ) {
    this.#asserted = asserted;
    this.loader = loader;
    this.#natives = natives;
  }

  /**
   * The program of a function under the code that the journal holds now.
   *
   * Faults: as those of `moveMessage` that concern code and types.
   */
  program(journal: Journal, module: string, fn: string, tags: readonly TypeTag[]): MoveProgram {
    const linkage = this.loader.link(journal, [module], tags);
    return this.#program(linkage.module(module), fn, tags, module);
  }

  /** The program of a script, as {@link program}. */
  script(journal: Journal, bytes: Uint8Array, tags: readonly TypeTag[]): MoveProgram {
    const module = this.loader.linkScript(journal, bytes, tags);
    return this.#program(module, "main", tags, `script ${module.functions[0].id}`);
  }

  #program(
    module: LinkedModule,
    fn: string,
    tags: readonly TypeTag[],
    moduleKey: string,
  ): MoveProgram {
    const { linkage } = module;
    const typeArguments = tags.map((tag) => linkage.type(tag));
    const programs = this.#of(linkage);
    const key = `${moduleKey}::${fn}<${typeArguments.map((type) => type.id).join()}>`;
    let program = programs.get(key);
    if (program === undefined) {
      const linked = module.functionNamed(fn);
      checkTypeArguments(linked.handle.typeParameters, typeArguments);
      if (linked.definition.code === undefined) {
        throw new MoveFault("FUNCTION_RESOLUTION_FAILURE", {}, `${fn} is a native function`);
      }
      if (programs.size >= PROGRAMS_MAX) programs.clear();
      program = new MoveProgram(
        liftedProgram({ fn: linked, typeArguments }, this.#asserted),
        this.#natives,
      );
      programs.set(key, program);
    }
    return program;
  }

  #of(linkage: Linkage): Map<string, MoveProgram> {
    let programs = this.#programs.get(linkage);
    if (programs === undefined) {
      programs = new Map();
      this.#programs.set(linkage, programs);
    }
    return programs;
  }
}
