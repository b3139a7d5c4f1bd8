import { FRAME } from "../host/frame-layout.ts";
import type { Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import type { IrModule, IrSignature } from "../ir/function.ts";
import { I32, I64, I256, type ValueType } from "../ir/value-type.ts";
import { Random } from "./random.ts";
import { RandomBody } from "./random-body.ts";
import {
  GUEST_MEMORY,
  GUEST_MEMORY_BYTES,
  RANDOM_HOST_SIGNATURES,
  RANDOM_HOSTS,
} from "./random-hosts.ts";

export interface RandomOptions {
  /** About the number of instructions of a function; default: small and large ones. */
  readonly size?: number;
  /** False: all predictions of regions are right, and so compiled code finishes what succeeds. Default true. */
  readonly guessesWrong?: boolean;
}

const TYPES: readonly ValueType[] = [I32, I64, I64, I256];

/**
 * A well-typed module for `seed`: one to four functions with loops (every turn of one is metered), diamonds, switches, irreducible
 * parts, calls, indirect calls, host calls and every operation of the table.
 */
export function randomModule(seed: number, options: RandomOptions = {}): IrModule {
  const random = new Random(seed);
  const pool = new WordPool();
  const signatures: IrSignature[] = [{ params: [], results: [] }];
  const count = random.between(1, 4);
  while (signatures.length < count) signatures.push(randomSignature(random));
  const functions = signatures.map(({ params, results }, index) => {
    const builder = new FunctionBuilder(`f${index}`, params, results, pool);
    const size = random.pick([8, 20, 60, 150]);
    const { guessesWrong = true } = options;
    const body = new RandomBody(builder, random, signatures, index, guessesWrong);
    body.write(options.size ?? size);
    return builder.build();
  });
  return {
    name: `random-${seed}`,
    functions,
    signatures,
    entry: 0,
    hosts: RANDOM_HOST_SIGNATURES,
    words: pool.words,
    table: Int32Array.from([-1, ...signatures.keys()]),
    indirect: signatures,
    frameSize: GUEST_MEMORY + GUEST_MEMORY_BYTES,
    operandStack: FRAME.BODY,
  };
}

let programs = 0;

/** A program of {@link randomModule}; `optimistic` makes the module that is compiled. */
export function randomProgram(
  seed: number,
  optimistic: (exact: IrModule) => IrModule = (exact) => exact,
  options: RandomOptions = {},
): Program {
  const exact = randomModule(seed, options);
  let made: IrModule | undefined;
  return {
    vm: "test",
    id: `random-${seed}-${programs++}`,
    exact,
    optimistic: () => {
      made ??= optimistic(exact);
      return made;
    },
    hosts: RANDOM_HOSTS,
  };
}

function randomSignature(random: Random): IrSignature {
  const types = (max: number) =>
    Array.from({ length: random.between(0, max) }, () => random.pick(TYPES));
  return { params: types(4), results: types(3) };
}
