import {
  FunctionBuilder,
  type HostFunction,
  type HostSignature,
  I32,
  type IrFunction,
  type IrModule,
  type IrSignature,
  type ValueType,
  WordPool,
} from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { isInMemory, type MoveType, type Passed } from "../layout/move-type.ts";
import type { TypePool } from "../layout/type-pool.ts";
import type { LinkedClosure } from "../load/closure-registry.ts";
import type { Linkage, LinkedFunction } from "../load/linkage.ts";
import { thunkSignature, writeThunk } from "./closure-thunk.ts";
import { MOVE_FRAME_SIZE, positionOf, UNITS_MAX } from "./move-frame.ts";
import { outcomeOfStatus } from "./outcome.ts";

/** A Move function with its type arguments: what becomes one IR function. */
export interface FunctionInstance {
  readonly fn: LinkedFunction;
  readonly typeArguments: readonly MoveType[];
}

/** Writes the body of an IR function. `exact`: charges by instruction; otherwise merged. */
export type WriteBody = (lift: ProgramLift, unit: number, exact: boolean) => IrFunction;

/** One IR function of the program, before it is lifted. */
interface Unit {
  readonly signature: IrSignature;
  /** Undefined for a routine of the runtime. */
  readonly instance: FunctionInstance | undefined;
  readonly write: WriteBody;
}

/** The IR type that carries a value: an address for what lies in memory. */
export function carrierOf(type: MoveType): ValueType {
  return isInMemory(type) ? I32 : (type.carrier as ValueType);
}

/** Lowers the body of an instance; given to the constructor because it calls back into the program. */
export type WriteInstance = (
  lift: ProgramLift,
  instance: FunctionInstance,
  unit: number,
  exact: boolean,
) => IrFunction;

/**
 * The IR functions of one program: instances of Move functions and routines of the runtime, numbered as they are first
 * called. Both lifts share numbers, host table and constants.
 */
export class ProgramLift {
  readonly linkage: Linkage;
  /** Whether the program runs under assertion: see memory-regions.ts. */
  readonly asserted: boolean;
  readonly words = new WordPool();
  readonly hosts: HostSignature[] = [];
  readonly hostFunctions: HostFunction[] = [];
  readonly #write: WriteInstance;
  readonly #units: Unit[] = [];
  readonly #signatures: IrSignature[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #hostByKey = new Map<string, number>();
  /** Signatures of indirect calls, and their indices by key. */
  readonly #indirect: IrSignature[] = [];
  readonly #indirectByKey = new Map<string, number>();
  /** Units of the thunks that this program's code makes closures for, by number of the closure. */
  readonly #thunks: number[] = [];
  #table = new Int32Array(0);

  constructor(linkage: Linkage, write: WriteInstance, asserted = false) {
    this.linkage = linkage;
    this.asserted = asserted;
    this.#write = write;
  }

  get pool(): TypePool {
    return this.linkage.pool;
  }

  get unitCount(): number {
    return this.#units.length;
  }

  /** The instance behind a unit; undefined for a routine. */
  instance(unit: number): FunctionInstance | undefined {
    return this.#units[unit]?.instance;
  }

  #unit(key: string, unit: () => Unit): number {
    let index = this.#byKey.get(key);
    if (index === undefined) {
      index = this.#units.length;
      if (index > UNITS_MAX) {
        throw new MoveFault("EXECUTION_LIMIT_REACHED", {}, "a program has too many functions");
      }
      const added = unit();
      this.#byKey.set(key, index);
      this.#units.push(added);
      this.#signatures.push(added.signature);
    }
    return index;
  }

  /** Number of the IR function of an instance of a Move function that is not native. */
  function(fn: LinkedFunction, typeArguments: readonly MoveType[]): number {
    const key = `${fn.id}<${typeArguments.map((type) => type.id).join()}>`;
    return this.#unit(key, () => {
      const instance = { fn, typeArguments };
      return {
        signature: this.signature(instance),
        instance,
        write: (lift, unit, exact) => this.#write(lift, instance, unit, exact),
      };
    });
  }

  /** Number of a routine: an IR function of the runtime that is made once per key. */
  routine(key: string, signature: IrSignature, write: WriteBody): number {
    return this.#unit(`#${key}`, () => ({ signature, instance: undefined, write }));
  }

  /** Number of a host function that is made once per key. */
  host(key: string, signature: IrSignature, implement: () => HostFunction): number {
    let index = this.#hostByKey.get(key);
    if (index === undefined) {
      index = this.hosts.length;
      this.#hostByKey.set(key, index);
      this.hosts.push({ name: key, ...signature });
      this.hostFunctions.push(implement());
    }
    return index;
  }

  /** Makes sure that a closure can be called; number of its thunk. */
  thunk(closure: LinkedClosure): number {
    const types = (passed: LinkedClosure["parameters"]) => passed.map(({ type }) => type);
    const signature = thunkSignature(types(closure.parameters), types(closure.results));
    const unit = this.routine(`closure ${closure.id}`, signature, (lift, index, exact) =>
      writeThunk(lift, closure, index, exact),
    );
    this.#thunks[closure.id] = unit;
    return unit;
  }

  /** Index among the signatures of indirect calls of closures that take and give these. */
  thunkSignature(parameters: readonly Passed[], results: readonly MoveType[]): number {
    const types = parameters.map(({ type }) => type);
    const signature = thunkSignature(types, results);
    const key = `${signature.params.join()} > ${signature.results.join()}`;
    let index = this.#indirectByKey.get(key);
    if (index === undefined) {
      index = this.#indirect.push(signature) - 1;
      this.#indirectByKey.set(key, index);
    }
    return index;
  }

  /**
   * Thunks by number of their closure. The exact lift has one for every closure of the linkage, also for those that come out of
   * storage while it runs; the other one has those of its own code, and whatever is missing runs in the exact lift.
   */
  #tableOf(exact: boolean): Int32Array {
    if (!exact) return Int32Array.from(this.#thunks, (unit) => unit ?? -1);
    const { closures } = this.linkage;
    if (this.#table.length !== closures.count) {
      this.#table = Int32Array.from({ length: closures.count }, (_, id) =>
        this.thunk(closures.closureAt(id)),
      );
    }
    return this.#table;
  }

  /** Types of the parameters of an instance. */
  parameterTypes({ fn, typeArguments }: FunctionInstance): MoveType[] {
    return this.#types(fn, fn.handle.parameters, typeArguments);
  }

  /** Types of the results of an instance. */
  resultTypes({ fn, typeArguments }: FunctionInstance): MoveType[] {
    return this.#types(fn, fn.handle.returns, typeArguments);
  }

  #types(fn: LinkedFunction, signature: number, typeArguments: readonly MoveType[]): MoveType[] {
    const tokens = fn.module.compiled.signatures[signature];
    return tokens.map((token) => this.pool.ofToken(token, fn.module, typeArguments));
  }

  /**
   * (state, address of the free stack, arguments, addresses for the results that lie in memory) -> the other results.
   */
  signature(instance: FunctionInstance): IrSignature {
    const params = this.parameterTypes(instance).map(carrierOf);
    const results = this.resultTypes(instance);
    const targets = results.filter(isInMemory).map(carrierOf);
    return {
      params: [I32, I32, ...params, ...targets],
      results: results.filter((type) => !isInMemory(type)).map(carrierOf),
    };
  }

  /** The IR of one unit. A body that cannot be lifted traps with the status of the reason. */
  lift(unit: number, exact: boolean): IrFunction {
    try {
      return this.#units[unit].write(this, unit, exact);
    } catch (error) {
      if (!(error instanceof MoveFault)) throw error;
      const { params, results } = this.#signatures[unit];
      const builder = new FunctionBuilder(`refused ${unit}`, params, results, this.words);
      builder.begin(0);
      builder.position = positionOf(unit, error.place.pc ?? 0);
      builder.op("trap", outcomeOfStatus(error.status));
      return builder.build();
    }
  }

  /** A view of the program as an IR module that is lifted function by function. */
  module(name: string, exact: boolean): IrModule {
    const tableOf = () => this.#tableOf(exact);
    return {
      name,
      functions: [],
      lift: (index) => this.lift(index, exact),
      signatures: this.#signatures,
      entry: 0,
      hosts: this.hosts,
      words: this.words.words,
      get table() {
        return tableOf();
      },
      indirect: this.#indirect,
      frameSize: MOVE_FRAME_SIZE,
      operandStack: 0,
    };
  }
}
