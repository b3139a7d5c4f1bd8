import {
  ABILITIES_PRIMITIVE,
  ABILITY,
  type AbilitySet,
  isReference,
  MoveFault,
  type SignatureToken,
} from "../format/index.ts";
import { alignUp, layOutFields } from "../layout/lay-out.ts";
import { CLOSURE, type Closure, type ClosureSource, type MoveType } from "../layout/move-type.ts";
import { checkTypeArguments } from "../layout/type-pool.ts";
import type { TypeTag } from "../layout/type-tag.ts";
import { isPersistent } from "../verify/index.ts";
import { closureParts } from "../verify/instruction-shape.ts";
import type { Linkage, LinkedFunction } from "./linkage.ts";

/** A closure and the function that it calls. */
export interface LinkedClosure extends Closure {
  readonly fn: LinkedFunction;
}

/** Closures that one linkage tells apart: more is EXECUTION_LIMIT_REACHED. */
const CLOSURES_MAX = 1 << 16;

/** The closures of a linkage, numbered as they are first met. The numbers are seen by nobody outside. */
export class ClosureRegistry implements ClosureSource {
  readonly #linkage: Linkage;
  readonly #closures: LinkedClosure[] = [];
  readonly #byKey = new Map<string, LinkedClosure>();

  constructor(linkage: Linkage) {
    this.#linkage = linkage;
  }

  get count(): number {
    return this.#closures.length;
  }

  closureAt(id: number): LinkedClosure {
    return this.#closures[id];
  }

  closureNamed(
    module: string,
    name: string,
    typeArguments: readonly TypeTag[],
    mask: bigint,
  ): LinkedClosure {
    const fn = this.#linkage.module(module).functionNamed(name);
    const types = typeArguments.map((tag) => this.#linkage.type(tag));
    checkTypeArguments(fn.handle.typeParameters, types);
    return this.closure(fn, types, mask);
  }

  /**
   * The closure of a function under type arguments that fit it.
   *
   * Faults: MoveFault INVALID_CLOSURE_MASK for a mask that captures what there is not, or a reference.
   */
  closure(fn: LinkedFunction, typeArguments: readonly MoveType[], mask: bigint): LinkedClosure {
    const key = `${fn.id}<${typeArguments.map((type) => type.id).join()}> ${mask}`;
    let closure = this.#byKey.get(key);
    if (closure === undefined) {
      const id = this.#closures.length;
      if (id >= CLOSURES_MAX) {
        throw new MoveFault("EXECUTION_LIMIT_REACHED", {}, "too many different closures");
      }
      closure = this.#make(id, fn, typeArguments, mask);
      this.#closures.push(closure);
      this.#byKey.set(key, closure);
    }
    return closure;
  }

  #make(
    id: number,
    fn: LinkedFunction,
    typeArguments: readonly MoveType[],
    mask: bigint,
  ): LinkedClosure {
    const { pool } = this.#linkage;
    const { signatures } = fn.module.compiled;
    const tokens = signatures[fn.handle.parameters];
    const { captured, given } = closureParts(mask, tokens);
    if (mask >> BigInt(tokens.length) !== 0n || captured.some(isReference)) {
      throw new MoveFault("INVALID_CLOSURE_MASK", {}, `${fn.name} cannot capture these parameters`);
    }
    const pass = (token: SignatureToken) => pool.passed(token, fn.module, typeArguments);
    const sources = captured.map((token) => {
      return { name: "", type: pool.ofToken(token, fn.module, typeArguments) };
    });
    const { fields, end } = layOutFields(sources, CLOSURE.CAPTURED);
    return {
      id,
      fn,
      address: fn.module.address,
      module: fn.module.identifier,
      name: fn.name,
      typeArguments,
      mask,
      captured: fields,
      size: alignUp(end, CLOSURE.ALIGN),
      parameters: given.map(pass),
      results: signatures[fn.handle.returns].map(pass),
      abilities: abilitiesOf(fn, sources),
      moduleWord: fn.module.index + (hasModuleLock(fn) ? 2 ** 31 : 0),
    };
  }
}

/** Whether no active module may be entered again while the function runs. */
export function hasModuleLock({ handle }: LinkedFunction): boolean {
  return handle.attributes?.includes("moduleLock") === true;
}

/** Those that the function gives and every captured value has. */
function abilitiesOf(fn: LinkedFunction, captured: readonly { type: MoveType }[]): AbilitySet {
  const persistent = isPersistent(fn.handle) ? ABILITIES_PRIMITIVE : ABILITY.copy | ABILITY.drop;
  return captured.reduce((set, { type }) => set & type.abilities, persistent);
}
