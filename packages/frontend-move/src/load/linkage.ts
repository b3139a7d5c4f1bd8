import {
  type CompiledModule,
  type CompiledScript,
  type FunctionDefinition,
  type FunctionHandle,
  MoveFault,
  moduleId,
  OP,
} from "../format/index.ts";
import type { MoveType, Passed } from "../layout/move-type.ts";
import { type StructSource, type TokenScope, TypePool } from "../layout/type-pool.ts";
import type { PassedTag, TypeTag } from "../layout/type-tag.ts";
import { ClosureRegistry } from "./closure-registry.ts";
import { moduleName } from "./module-name.ts";
import { MODULES_MAX } from "./modules-max.ts";

/** A function definition in its linked module. */
export interface LinkedFunction {
  /** Distinct for every function of the linkage. */
  readonly id: number;
  readonly module: LinkedModule;
  /** Index into the module's function definitions. */
  readonly index: number;
  readonly name: string;
  readonly handle: FunctionHandle;
  readonly definition: FunctionDefinition;
}

/** One module of a linkage with its handles resolved on demand. */
export class LinkedModule implements TokenScope {
  readonly linkage: Linkage;
  readonly compiled: CompiledModule;
  readonly address: Uint8Array;
  /** `0x1::vector`; `script` for a script. */
  readonly name: string;
  /** `vector`. */
  readonly identifier: string;
  /** Index among the modules of the linkage; scripts share the one behind. */
  readonly index: number;
  readonly functions: readonly LinkedFunction[];
  readonly structs: readonly StructSource[];
  readonly #byFunctionName = new Map<string, LinkedFunction>();
  readonly #byStructName = new Map<string, StructSource>();
  readonly #handleStructs: (StructSource | undefined)[] = [];
  readonly #handleFunctions: (LinkedFunction | undefined)[] = [];

  constructor(linkage: Linkage, compiled: CompiledModule, firstId: number, label?: string) {
    const { address, name } = moduleId(compiled, compiled.self);
    this.linkage = linkage;
    this.compiled = compiled;
    this.index = label === undefined ? firstId / IDS_PER_MODULE : MODULES_MAX;
    this.identifier = name;
    this.address = address;
    this.name = label ?? moduleName(address, name);
    this.functions = compiled.functionDefinitions.map((definition, index) => {
      const handle = compiled.functionHandles[definition.handle];
      const fn = {
        id: firstId + index,
        module: this,
        index,
        name: compiled.identifiers[handle.name],
        handle,
        definition,
      };
      this.#byFunctionName.set(fn.name, fn);
      return fn;
    });
    this.structs = compiled.structDefinitions.map(({ handle: at, layout }, index) => {
      const handle = compiled.structHandles[at];
      const source: StructSource = {
        id: firstId + index,
        address,
        module: name,
        name: compiled.identifiers[handle.name],
        layout,
        handle,
        scope: this,
      };
      this.#byStructName.set(source.name, source);
      return source;
    });
  }

  get identifiers(): readonly string[] {
    return this.compiled.identifiers;
  }

  functionNamed(name: string): LinkedFunction {
    const fn = this.#byFunctionName.get(name);
    if (fn === undefined) {
      const sentence = `${this.name} has no function ${name}`;
      throw new MoveFault("FUNCTION_RESOLUTION_FAILURE", {}, sentence);
    }
    return fn;
  }

  structNamed(name: string): StructSource {
    const source = this.#byStructName.get(name);
    if (source === undefined) {
      throw new MoveFault("TYPE_RESOLUTION_FAILURE", {}, `${this.name} has no struct ${name}`);
    }
    return source;
  }

  structSource(handle: number): StructSource {
    let source = this.#handleStructs[handle];
    if (source === undefined) {
      const { module, name } = this.compiled.structHandles[handle];
      source = this.#neighbour(module).structNamed(this.identifiers[name]);
      this.#handleStructs[handle] = source;
    }
    return source;
  }

  /** The function behind a function handle. */
  functionOf(handle: number): LinkedFunction {
    let fn = this.#handleFunctions[handle];
    if (fn === undefined) {
      const { module, name } = this.compiled.functionHandles[handle];
      fn = this.#neighbour(module).functionNamed(this.identifiers[name]);
      this.#handleFunctions[handle] = fn;
    }
    return fn;
  }

  #neighbour(handle: number): LinkedModule {
    if (handle === this.compiled.self) return this;
    const { address, name } = moduleId(this.compiled, handle);
    return this.linkage.module(moduleName(address, name));
  }
}

function hasClosureCalls({ functionDefinitions }: CompiledModule): boolean {
  return functionDefinitions.some(({ code }) => code?.ops.includes(OP.CallClosure) === true);
}

/** Names of the modules that `compiled` refers to, itself excluded. */
export function dependencyNames(compiled: CompiledModule | CompiledScript): string[] {
  const self = compiled.kind === "module" ? compiled.self : -1;
  return compiled.moduleHandles
    .map((_, handle) => handle)
    .filter((handle) => handle !== self)
    .map((handle) => {
      const { address, name } = moduleId(compiled, handle);
      return moduleName(address, name);
    });
}

/** Scripts that a linkage keeps. */
const SCRIPTS_MAX = 256;

/** Ids of a module's functions and structs start at multiples of this: a table has fewer entries. */
const IDS_PER_MODULE = 1 << 16;

/**
 * Modules that see each other, at one state of the code, with the types of everything in them. Immutable: an upgrade makes
 * another linkage.
 */
export class Linkage {
  readonly closures = new ClosureRegistry(this);
  readonly pool = new TypePool(this.closures);
  readonly #modules = new Map<string, LinkedModule>();
  readonly #scripts = new Map<string, LinkedModule>();
  #nextId = 0;

  /** Hash of the code of all modules. */
  readonly hash: string;

  /** Whether a module calls closures, so that it can be entered again while it is active. */
  readonly callsClosures: boolean;

  constructor(modules: Iterable<CompiledModule>, hash: string) {
    this.hash = hash;
    let callsClosures = false;
    for (const compiled of modules) {
      callsClosures ||= hasClosureCalls(compiled);
      const linked = new LinkedModule(this, compiled, this.#takeIds());
      this.#modules.set(linked.name, linked);
    }
    this.callsClosures = callsClosures;
  }

  #takeIds(): number {
    const first = this.#nextId;
    this.#nextId += IDS_PER_MODULE;
    return first;
  }

  /** The script with the hash `hash`, linked; `make` gives it as a module of one function. */
  script(hash: string, make: () => CompiledModule): LinkedModule {
    let linked = this.#scripts.get(hash);
    if (linked === undefined) {
      if (this.#scripts.size >= SCRIPTS_MAX) this.#scripts.clear();
      linked = new LinkedModule(this, make(), this.#takeIds(), "script");
      this.#scripts.set(hash, linked);
    }
    return linked;
  }

  module(name: string): LinkedModule {
    const module = this.#modules.get(name);
    if (module === undefined) {
      throw new MoveFault("LINKER_ERROR", {}, `there is no module ${name}`);
    }
    return module;
  }

  /** The type that a tag names. Faults: LINKER_ERROR, TYPE_RESOLUTION_FAILURE. */
  type(tag: TypeTag): MoveType {
    if (tag.tag === "vector") return this.pool.vector(this.type(tag.inner));
    if (tag.tag === "function") {
      const pass = ({ mode, tag: inner }: PassedTag): Passed => {
        const type = this.type(inner);
        return { mode, type: mode === "value" ? type : this.pool.reference(type) };
      };
      return this.pool.function(tag.parameters.map(pass), tag.results.map(pass), tag.abilities);
    }
    if (tag.tag !== "struct") return this.pool.primitive(tag.tag);
    const module = this.module(moduleName(tag.address, tag.module));
    const typeArguments = tag.typeArguments.map((argument) => this.type(argument));
    return this.pool.struct(module.structNamed(tag.name), typeArguments);
  }
}
