import { decodeHex, equalBytes } from "@dragoman/bytes";
import {
  type CallRequest,
  type Frame,
  type HostFunction,
  I32,
  type IrModule,
  type OptimisticSource,
  type Program,
  WordPool,
} from "@dragoman/core";
import { findJumpdests } from "./decode/jumpdests.ts";
import { MEMORY, OPERAND_STACK } from "./frame-header.ts";
import { adoptCall } from "./host/adopted-call.ts";
import { HOSTS } from "./host/table.ts";
import { chunkCount, liftChunk, liftChunkLoop, liftWhole } from "./lift/exact.ts";
import { mergeExact } from "./lift/merged-exact.ts";
import { liftOptimistic } from "./lift/optimistic.ts";
import { SharedLifts } from "./lift/shared-lifts.ts";
import type { LiftInput, Watch } from "./lower/emitter.ts";
import { HOST_SIGNATURES } from "./lower/host-index.ts";
import { ROUTINE_SIGNATURES, ROUTINES } from "./lower/routines.ts";
import type { ComputedPrecompile } from "./precompile/precompile.ts";
import { type PrecompileTable, precompilesOf } from "./precompile/table.ts";
import type { ForkName } from "./schedule/forks.ts";
import { type Schedule, scheduleOf } from "./schedule/schedule.ts";

let machines = 0;

/** What programs of one configuration share. */
export class Machine {
  /** A number of this process. */
  readonly serial = machines++;
  readonly schedule: Schedule;
  /** The fork's precompiles by address. */
  readonly precompiles: ReadonlyMap<number, ComputedPrecompile>;
  /** Precompiles beyond those of the fork, by address in lower-case hex without 0x. */
  readonly extraPrecompiles: PrecompileTable;
  /** Addresses of all precompiles, 20 bytes each. */
  readonly precompileAddresses: readonly Uint8Array[];
  readonly watch: Watch;
  readonly #programs = new WeakMap<Uint8Array, EvmProgram>();
  readonly #byHash = new Map<number, EvmProgram>();
  #initcodeLifts = new SharedLifts();

  constructor(fork: ForkName, extraPrecompiles: PrecompileTable, watch: Watch) {
    this.schedule = scheduleOf(fork);
    this.precompiles = precompilesOf(this.schedule);
    this.watch = watch;
    this.extraPrecompiles = extraPrecompiles;
    this.precompileAddresses = [
      ...[...this.precompiles.keys()].map((number) => {
        const address = new Uint8Array(20);
        new DataView(address.buffer).setUint16(18, number);
        return address;
      }),
      ...[...extraPrecompiles.keys()].map((hex) => decodeHex(hex)),
    ];
  }

  /** The program of an account's code; the same code gives the same program. */
  program(code: Uint8Array): EvmProgram {
    let program = this.#programs.get(code);
    if (program === undefined) {
      const hash = quickHash(code);
      const known = this.#byHash.get(hash);
      if (known !== undefined && equalBytes(known.code, code)) program = known;
      else {
        program = new EvmProgram(this, code);
        if (this.#byHash.size >= PROGRAMS_MAX) this.#byHash.clear();
        this.#byHash.set(hash, program);
      }
      this.#programs.set(code, program);
    }
    return program;
  }

  /** A program that runs once. */
  initcode(code: Uint8Array): EvmProgram {
    if (this.#initcodeLifts.isFull) this.#initcodeLifts = new SharedLifts();
    return new EvmProgram(this, code, this.#initcodeLifts);
  }
}

let serial = 0;

/** A hash that only saves comparisons. */
function quickHash(code: Uint8Array): number {
  let hash = code.length;
  for (let i = 0; i < code.length; i++) hash = Math.imul(hash ^ code[i], 0x01000193);
  return hash;
}

/** Programs kept by code; beyond that the table starts anew. */
const PROGRAMS_MAX = 4096;

/** Bytecode that the engine can run. Lifting is put off until a frame needs it. */
export class EvmProgram implements Program {
  readonly vm = "evm";
  readonly depletes = true;
  readonly machine: Machine;
  readonly code: Uint8Array;
  readonly hosts: readonly HostFunction[] = HOSTS;
  readonly exact: IrModule;
  /** Initcode runs once: it is never compiled. */
  readonly isInitcode: boolean;
  /**
   * A number of this process, not a hash: equal code has one program, found by comparing bytes, and keccak of 24 KB would take longer
   * than the first call.
   */
  readonly id = `evm:${serial++}`;
  #optimistic: IrModule | undefined | null = null;
  #jumpdests: Uint8Array | undefined;

  /** @param initcodeLifts where the program is initcode: lifts that it shares with others */
  constructor(machine: Machine, code: Uint8Array, initcodeLifts?: SharedLifts) {
    this.machine = machine;
    this.code = code;
    this.isInitcode = initcodeLifts !== undefined;
    // Who watches is told the place where a jump fails too, which shared lifts do not know.
    const shared = machine.watch === "nothing" ? initcodeLifts : undefined;
    const pool = shared?.pool ?? new WordPool();
    let input: LiftInput | undefined;
    const lazyInput = (): LiftInput => {
      input ??= this.#input(pool, shared);
      return input;
    };
    this.exact = exactModule(chunkCount({ code, shared }), lazyInput, pool);
  }

  optimistic(): IrModule | undefined {
    if (this.#optimistic === null) {
      this.#optimistic = this.isInitcode ? undefined : (this.liftOptimistic() ?? this.#merged());
    }
    return this.#optimistic;
  }

  get source(): OptimisticSource | undefined {
    if (this.isInitcode) return undefined;
    // The file that lifts on another thread; named only where there is one, as scripts in a browser have no place of their own.
    const { href: url } = new URL("./optimistic-source.js", import.meta.url);
    const input = {
      code: this.code,
      fork: this.machine.schedule.fork,
      watch: this.machine.watch,
    };
    const reached = this.#reached();
    return { url, input, ...(reached === undefined ? {} : { first: { ...input, reached } }) };
  }

  /** 1 for each chunk of large code that the interpreter has entered; undefined: the code is small, or nearly all of it was entered. */
  #reached(): Uint8Array | undefined {
    const chunks = this.exact.functions.slice(FIRST_CHUNK);
    const reached = Uint8Array.from(chunks, (fn) => (fn === undefined ? 0 : 1));
    const count = reached.reduce((sum, flag) => sum + flag, 0);
    return count > 0 && count * 100 <= chunks.length * PART_PERCENT_MAX ? reached : undefined;
  }

  /** The module of what runs have reached: what else a run gets to traps, so that it is run exactly. */
  optimisticPart(reached: Uint8Array): IrModule | undefined {
    return liftOptimistic({ ...this.#input(new WordPool()), reached });
  }

  #merged(): IrModule | undefined {
    if (this.code.length > MERGED_MAX) return undefined;
    const pool = new WordPool();
    const chunks =
      this.code.length > ONE_FUNCTION_MAX ? chunkCount({ code: this.code, shared: undefined }) : 0;
    return mergeExact(exactModule(chunks, () => this.#input(pool), pool));
  }

  adopt(parent: Frame, address: number): CallRequest {
    return adoptCall(this, parent, address);
  }

  /** Makes the module that {@link optimistic} keeps: for measurements. */
  liftOptimistic(): IrModule | undefined {
    return liftOptimistic(this.#input(new WordPool()));
  }

  #input(pool: WordPool, shared?: SharedLifts): LiftInput {
    this.#jumpdests ??= findJumpdests(this.code);
    const { schedule, watch } = this.machine;
    return { code: this.code, jumpdests: this.#jumpdests, schedule, pool, watch, shared };
  }
}

const NO_TABLE = new Int32Array(0);

/** Function of chunk 0. */
const FIRST_CHUNK = 1 + ROUTINES.length;
/** A part is compiled first if it is at most so many of a hundred chunks. */
const PART_PERCENT_MAX = 60;

const CHUNK = { params: [I32], results: [I32] } as const;

/** Code that is compiled although its jumps cannot be resolved, in bytes: up to here as one function, or else in chunks. */
const ONE_FUNCTION_MAX = 12_000;
const MERGED_MAX = 49_152;

/** The reference module in so many chunks; its functions are lifted when the interpreter first gets to them. */
function exactModule(chunks: number, input: () => LiftInput, pool: WordPool): IrModule {
  return {
    name: "evm",
    functions: [undefined, ...ROUTINES, ...new Array<undefined>(chunks).fill(undefined)],
    lift: (index) => {
      if (index >= FIRST_CHUNK) return liftChunk(input(), index - FIRST_CHUNK);
      return chunks === 0 ? liftWhole(input()) : liftChunkLoop(input(), FIRST_CHUNK);
    },
    signatures: [
      { params: [], results: [] },
      ...ROUTINE_SIGNATURES,
      ...new Array<typeof CHUNK>(chunks).fill(CHUNK),
    ],
    entry: 0,
    hosts: HOST_SIGNATURES,
    words: pool.words,
    table: NO_TABLE,
    indirect: [],
    frameSize: MEMORY,
    operandStack: OPERAND_STACK,
  };
}
