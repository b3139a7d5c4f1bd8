import { concatBytes, encodeHex, equalBytes } from "@dragoman/bytes";
import { BYTE_CELLS, type Journal } from "@dragoman/core";
import { sha256 } from "@dragoman/crypto";
import {
  type CompiledModule,
  type CompiledScript,
  decodeModule,
  decodeScript,
  MoveFault,
  moduleId,
  scriptModule,
} from "../format/index.ts";
import type { TypeTag } from "../layout/type-tag.ts";
import {
  keyOfModule,
  verifyAcyclic,
  verifyDependencies,
  verifyModule,
  verifyScript,
} from "../verify/index.ts";
import { checkAddressSpecifiers } from "./access-functions.ts";
import { dependencyNames, Linkage, type LinkedModule } from "./linkage.ts";
import { canonicalModuleName, moduleName, parseModuleName } from "./module-name.ts";
import { MODULES_MAX } from "./modules-max.ts";

/** Domain of the cells that hold module bytes: account = address, key = name in ASCII. */
export const MODULE_DOMAIN = "move.module";

/** Linkages and admitted modules that are kept; more, and all are made anew. */
const CACHED_MAX = 1024;

interface CachedLinkage {
  readonly linkage: Linkage;
  readonly names: readonly string[];
  /** The code of each module when the linkage was made. */
  readonly codes: readonly Uint8Array[];
  /** The modules' cells in each journal that has asked. */
  readonly cells: WeakMap<Journal, Int32Array>;
}

const ASCII = new TextEncoder();

/** The cell that holds the module `0xA::b`. */
export function moduleCell(journal: Journal, name: string): number {
  const parsed = parseModuleName(name);
  return journal.cell(
    journal.domain(MODULE_DOMAIN, BYTE_CELLS),
    journal.account(parsed.address),
    ASCII.encode(parsed.name),
  );
}

/**
 * Finds modules in a journal, decodes and verifies each content once, and links them with everything that they use. Modules given as
 * `builtin` are there where the journal has none; those given as `overriding` are there whatever the journal has.
 */
export class ModuleLoader {
  readonly #builtin: ReadonlyMap<string, Uint8Array>;
  readonly #overriding: ReadonlyMap<string, Uint8Array>;
  /** Admitted modules by array: a journal hands out the same one while the content is unchanged. */
  readonly #admitted = new WeakMap<Uint8Array, CompiledModule>();
  /** Admitted modules by hash of their content. */
  readonly #byHash = new Map<string, CompiledModule>();
  readonly #scripts = new Map<string, CompiledScript>();
  readonly #linkages = new Map<string, CachedLinkage>();

  constructor(
    builtin: ReadonlyMap<string, Uint8Array> = new Map(),
    overriding: ReadonlyMap<string, Uint8Array> = new Map(),
  ) {
    this.#builtin = builtin;
    this.#overriding = overriding;
  }

  #bytes(journal: Journal, name: string, cell = moduleCell(journal, name)): Uint8Array | undefined {
    return this.#overriding.get(name) ?? journal.readBytes(cell) ?? this.#builtin.get(name);
  }

  #module(bytes: Uint8Array): CompiledModule {
    let module = this.#admitted.get(bytes);
    if (module !== undefined) return module;
    const hash = encodeHex(sha256(bytes));
    module = this.#byHash.get(hash);
    if (module === undefined) {
      module = decodeModule(bytes);
      verifyModule(module);
      checkAddressSpecifiers(module);
      if (this.#byHash.size >= CACHED_MAX) this.#byHash.clear();
      this.#byHash.set(hash, module);
    }
    this.#admitted.set(bytes, module);
    return module;
  }

  /**
   * The linkage of the named modules, the modules of the type arguments, and all that they use.
   *
   * Faults: LINKER_ERROR for a module that is not there, and what admitting a module throws.
   */
  link(journal: Journal, names: readonly string[], tags: readonly TypeTag[] = []): Linkage {
    const roots =
      tags.length === 0 ? names : [...new Set([...names, ...tags.flatMap(tagModules)])].sort();
    const key = roots.join();
    const cached = this.#linkages.get(key);
    if (cached !== undefined && this.#isCurrent(journal, cached)) return cached.linkage;
    const bytes = this.#closure(journal, roots);
    const modules = [...bytes.values()].map((code) => this.#module(code));
    verifyLinks(modules);
    const linkage = new Linkage(modules, hashOf(bytes));
    if (this.#linkages.size >= CACHED_MAX) this.#linkages.clear();
    this.#linkages.set(key, {
      linkage,
      names: [...bytes.keys()],
      codes: [...bytes.values()],
      cells: new WeakMap(),
    });
    return linkage;
  }

  #isCurrent(journal: Journal, { names, codes, cells: known }: CachedLinkage): boolean {
    let cells = known.get(journal);
    if (cells === undefined) {
      cells = Int32Array.from(names, (name) => moduleCell(journal, name));
      known.set(journal, cells);
    }
    for (let index = 0; index < codes.length; index++) {
      const code = this.#bytes(journal, names[index], cells[index]);
      if (code === codes[index]) continue;
      if (code === undefined || !equalBytes(code, codes[index])) return false;
    }
    return true;
  }

  #closure(journal: Journal, roots: readonly string[]): Map<string, Uint8Array> {
    const found = new Map<string, Uint8Array>();
    const open = [...roots];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (found.has(name)) continue;
      const bytes = this.#bytes(journal, name);
      if (bytes === undefined) {
        throw new MoveFault("LINKER_ERROR", {}, `there is no module ${name}`);
      }
      if (found.size === MODULES_MAX) {
        throw new MoveFault("DEPENDENCY_LIMIT_REACHED", {}, `over ${MODULES_MAX} modules to link`);
      }
      const module = this.#module(bytes);
      const { address, name: identifier } = moduleId(module, module.self);
      if (moduleName(address, identifier) !== name) {
        throw new MoveFault(
          "INVALID_MODULE_HANDLE",
          {},
          `the module at ${name} calls itself otherwise`,
        );
      }
      found.set(name, bytes);
      open.push(...dependencyNames(module));
    }
    return found;
  }

  /**
   * A script as a module of one function, `main`, linked with what it uses.
   *
   * Faults: as {@link link}, and those of a script that does not decode or verify.
   */
  linkScript(journal: Journal, bytes: Uint8Array, tags: readonly TypeTag[] = []): LinkedModule {
    const hash = encodeHex(sha256(bytes));
    let script = this.#scripts.get(hash);
    if (script === undefined) {
      script = decodeScript(bytes);
      verifyScript(script);
      if (this.#scripts.size >= CACHED_MAX) this.#scripts.clear();
      this.#scripts.set(hash, script);
    }
    const linkage = this.link(journal, dependencyNames(script).sort(), tags);
    return linkage.script(hash, () => {
      verifyDependencies(script, (key) => linkage.module(canonicalModuleName(`0x${key}`)).compiled);
      return scriptModule(script);
    });
  }
}

/** What each module imports is there and fits, and no module needs itself. */
function verifyLinks(modules: readonly CompiledModule[]): void {
  const byKey = new Map(modules.map((module) => [keyOfModule(module, module.self), module]));
  const find = (key: string): CompiledModule | undefined => byKey.get(key);
  for (const module of modules) verifyDependencies(module, find);
  for (const module of modules) verifyAcyclic(module, find);
}

function hashOf(modules: ReadonlyMap<string, Uint8Array>): string {
  const names = [...modules.keys()].sort();
  const parts = names.flatMap((name) => [ASCII.encode(name), sha256(modules.get(name)!)]);
  return encodeHex(sha256(concatBytes(...parts))).slice(2);
}

/** Names of the modules in a tag. */
function tagModules(tag: TypeTag): string[] {
  if (tag.tag === "vector") return tagModules(tag.inner);
  if (tag.tag === "function") {
    return [...tag.parameters, ...tag.results].flatMap((passed) => tagModules(passed.tag));
  }
  if (tag.tag !== "struct") return [];
  return [moduleName(tag.address, tag.module), ...tag.typeArguments.flatMap(tagModules)];
}
