import { assemble } from "@dragoman/frontend-evm/asm";
import { leaveText, type Routine } from "./leave-text.ts";
import { precompileCallText } from "./precompile-call.ts";
import type { Random } from "./random.ts";

/** Accounts that programs know of: 20-byte addresses as numbers. */
export const MAIN = 0x1000000c0de1n;
export const OTHER = 0x1000000c0de2n;
export const THIRD = 0x1000000c0de3n;
export const PLAIN = 0x1000000c0de4n;
export const SENDER = 0xca11en;

const CONSTANTS = [
  0n,
  1n,
  2n,
  3n,
  31n,
  32n,
  33n,
  64n,
  255n,
  256n,
  0xffffn,
  0xffffffffn,
  1n << 63n,
  (1n << 64n) - 1n,
  1n << 64n,
  1n << 128n,
  (1n << 160n) - 1n,
  1n << 255n,
  (1n << 256n) - 1n,
  (1n << 256n) - 2n,
  (1n << 255n) - 1n,
  10n ** 18n,
];
const BINARY = [
  "add",
  "sub",
  "mul",
  "div",
  "sdiv",
  "mod",
  "smod",
  "exp",
  "signextend",
  "lt",
  "gt",
  "slt",
  "sgt",
  "eq",
  "and",
  "or",
  "xor",
  "byte",
  "shl",
  "shr",
  "sar",
];
const TERNARY = ["addmod", "mulmod"];
const UNARY = ["iszero", "not", "clz"];
const SOURCES = [
  "address",
  "origin",
  "caller",
  "callvalue",
  "calldatasize",
  "codesize",
  "gasprice",
  "returndatasize",
  "coinbase",
  "timestamp",
  "number",
  "prevrandao",
  "gaslimit",
  "chainid",
  "selfbalance",
  "basefee",
  "blobbasefee",
  "pc",
  "msize",
  "gas",
];
/** What programs of a small world call and look at. */
export const TARGETS: readonly bigint[] = [
  MAIN,
  OTHER,
  THIRD,
  PLAIN,
  SENDER,
  1n,
  2n,
  3n,
  4n,
  5n,
  9n,
  0x77n << 80n,
];

/** Writes one random program as assembly text. */
export class ProgramWriter {
  readonly #random: Random;
  readonly #targets: readonly bigint[];
  readonly #text: string[] = [];
  readonly #routines: Routine[] = [];
  #labels = 0;
  /** Words above the base of the current function. */
  #height = 0;
  /** Statements that may still be written. */
  #budget: number;

  /** Every other statement is a call of another account. */
  readonly #calls: boolean;

  constructor(random: Random, budget: number, targets: readonly bigint[], calls: boolean) {
    this.#random = random;
    this.#budget = budget;
    this.#targets = targets;
    this.#calls = calls;
  }

  write(): string {
    const random = this.#random;
    const count = random.below(4);
    for (let i = 0; i < count; i++) {
      this.#routines.push({
        name: `f${i}`,
        args: random.below(4),
        results: random.below(3),
        recursive: random.chance(20),
      });
    }
    this.#statements(2 + random.below(6) + (this.#budget >> 3), 0);
    this.#finish();
    for (let i = 0; i < count; i++) this.#routine(i);
    return this.#text.join(" ");
  }

  #emit(text: string, change: number): void {
    this.#text.push(text);
    this.#height += change;
  }

  #label(): string {
    return `l${this.#labels++}`;
  }

  #push(value: bigint): void {
    this.#emit(`push ${value}`, 1);
  }

  #statements(count: number, depth: number): void {
    for (let i = 0; i < count && this.#budget > 0; i++) this.#statement(depth);
  }

  #statement(depth: number): void {
    const random = this.#random;
    this.#budget--;
    if (this.#calls && random.chance(40)) {
      this.#callAccount(depth);
      return this.#emit(random.chance(50) ? "pop" : "push 224 mstore", -1);
    }
    switch (random.below(22)) {
      case 0:
      case 1:
      case 2:
        this.#expression(depth);
        this.#offset();
        this.#emit(random.chance(80) ? "mstore" : "mstore8", -2);
        break;
      case 3:
      case 4:
        this.#expression(depth);
        this.#push(BigInt(random.below(4)));
        this.#emit(random.chance(80) ? "sstore" : "tstore", -2);
        break;
      case 5:
        this.#log(depth);
        break;
      case 6:
        this.#copy();
        break;
      case 7:
      case 8:
        this.#conditional(depth);
        break;
      case 9:
      case 10:
        this.#loop(depth);
        break;
      case 11:
      case 12:
      case 13:
        this.#expression(depth); // stays on the stack
        break;
      case 14:
        if (this.#height >= 2)
          this.#emit(`swap${1 + random.below(Math.min(16, this.#height - 1))}`, 0);
        break;
      case 15:
        if (random.chance(12)) this.#finish();
        break;
      case 16:
        if (random.chance(10)) this.#rare();
        break;
      case 17:
        if (this.#height > 6) this.#emit("pop", -1);
        break;
      default:
        this.#expression(depth);
        this.#emit("pop", -1);
    }
  }

  #rare(): void {
    const random = this.#random;
    switch (random.below(6)) {
      case 5:
        this.#emit(`dup${1 + random.below(16)} push 20 jump`, 1);
        break;
      case 0:
        this.#emit(`data 0x${random.below(256).toString(16).padStart(2, "0")}`, 0);
        break;
      case 1: {
        const label = this.#label();
        this.#emit(`push @${label} push 0 calldataload push 0 and xor jump ${label}:`, 0);
        break;
      }
      case 2:
        this.#emit("push 0 push 3 sstore push 0 jump", 0);
        break;
      case 3:
        this.#emit("pop pop pop pop pop pop pop pop", -8);
        this.#height = Math.max(0, this.#height);
        break;
      default:
        this.#push(this.#random.pick(this.#targets));
        this.#emit("selfdestruct", -1);
    }
  }

  #conditional(depth: number): void {
    const skip = this.#label();
    this.#expression(depth + 1);
    this.#emit(`push @${skip} jumpi`, -1);
    this.#scoped(() => this.#statements(1 + this.#random.below(3), depth + 1));
    this.#emit(`${skip}:`, 0);
  }

  #loop(depth: number): void {
    const head = this.#label();
    const done = this.#label();
    this.#push(BigInt(1 + this.#random.below(5)));
    this.#emit(`${head}: dup1 iszero push @${done} jumpi`, 0);
    this.#scoped(() => this.#statements(1 + this.#random.below(3), depth + 1));
    this.#emit(`push 1 swap1 sub push @${head} jump ${done}: pop`, -1);
  }

  /** What the body leaves on the stack is taken off again. */
  #scoped(body: () => void): void {
    const before = this.#height;
    body();
    while (this.#height > before) this.#emit("pop", -1);
    while (this.#height < before) this.#push(1n);
  }

  #offset(): void {
    const random = this.#random;
    if (random.below(200) === 0) this.#push(random.pick(CONSTANTS));
    else if (random.chance(15)) {
      this.#expression(9);
      this.#push(0xffn);
      this.#emit("and", -1);
    } else this.#push(BigInt(random.below(256)));
  }

  #length(): void {
    const random = this.#random;
    const isHuge = random.below(200) === 0;
    this.#push(isHuge ? random.pick(CONSTANTS) : BigInt(random.below(100)));
  }

  /** Length and offset, the offset on top. */
  #range(): void {
    this.#length();
    this.#offset();
  }

  #log(depth: number): void {
    const topics = this.#random.below(5);
    for (let i = 0; i < topics; i++) this.#expression(depth + 1);
    this.#range();
    this.#emit(`log${topics}`, -2 - topics);
  }

  #copy(): void {
    const random = this.#random;
    const name = random.pick([
      "calldatacopy",
      "codecopy",
      "mcopy",
      "returndatacopy",
      "extcodecopy",
    ]);
    if (name === "returndatacopy" && random.chance(95)) this.#emit("returndatasize push 0", 2);
    else {
      this.#length();
      this.#offset();
    }
    this.#offset();
    if (name === "extcodecopy") this.#push(random.pick(this.#targets));
    this.#emit(name, name === "extcodecopy" ? -4 : -3);
  }

  /** Pushes one word. */
  #expression(depth: number): void {
    const random = this.#random;
    const kind = depth > 4 ? random.below(6) : random.below(24);
    if (depth < 3 && random.chance(1)) this.#emit(precompileCallText(random), 1);
    else if (kind < 3 || this.#height > 600) this.#constant();
    else if (kind < 5 && this.#height > 0)
      this.#emit(`dup${1 + random.below(Math.min(16, this.#height))}`, 1);
    else if (kind < 6) this.#emit(random.pick(SOURCES), 1);
    else if (kind < 14) {
      const arity = random.below(10);
      const [names, count] = arity < 7 ? [BINARY, 2] : arity < 8 ? [TERNARY, 3] : [UNARY, 1];
      for (let i = 0; i < count; i++) this.#expression(depth + 1);
      this.#emit(random.pick(names), 1 - count);
    } else if (kind < 19) this.#read(depth);
    else if (kind < 21) this.#callRoutine(depth);
    else if (kind < 23) this.#callAccount(depth);
    else if (random.chance(25)) this.#create();
    else this.#read(depth);
  }

  #constant(): void {
    const random = this.#random;
    if (random.chance(5)) this.#emit("push0", 1);
    else this.#push(random.chance(60) ? BigInt(random.below(300)) : random.pick(CONSTANTS));
  }

  #read(depth: number): void {
    const random = this.#random;
    const name = random.pick([
      "mload",
      "mload",
      "sload",
      "sload",
      "tload",
      "calldataload",
      "keccak256",
      "account",
      "block",
    ]);
    if (name === "keccak256") {
      this.#range();
      this.#emit(name, -1);
    } else if (name === "account") {
      this.#push(random.pick(this.#targets));
      this.#emit(random.pick(["balance", "extcodesize", "extcodehash"]), 0);
    } else if (name === "block") {
      this.#expression(depth + 3);
      this.#emit(random.pick(["blockhash", "blobhash"]), 0);
    } else if (name === "mload" || name === "calldataload") {
      this.#offset();
      this.#emit(name, 0);
    } else {
      if (random.chance(90)) this.#push(BigInt(random.below(4)));
      else this.#expression(depth + 1);
      this.#emit(name, 0);
    }
  }

  #callRoutine(depth: number): void {
    const candidates = this.#routines.filter(
      (routine) => routine.results > 0 && !this.#writing.has(routine.name),
    );
    if (candidates.length === 0) {
      this.#push(7n);
      return;
    }
    this.#call(this.#random.pick(candidates), depth);
  }

  readonly #writing = new Set<string>();

  /** Calls a routine; leaves one word. */
  #call(routine: Routine, depth: number): void {
    const back = this.#label();
    this.#emit(`push @${back}`, 1);
    for (let i = 0; i < routine.args; i++) this.#expression(depth + 2);
    this.#emit(`push @${routine.name} jump ${back}:`, routine.results - 1 - routine.args);
    for (let i = 1; i < routine.results; i++) this.#emit("pop", -1);
  }

  /** Body of a routine; it may call those behind it, and itself a bounded number of times. */
  #routine(index: number): void {
    const routine = this.#routines[index] as Routine;
    for (let i = 0; i <= index; i++) this.#writing.add((this.#routines[i] as Routine).name);
    this.#text.push(`${routine.name}:`);
    this.#height = routine.args;
    if (routine.recursive && routine.args > 0) this.#recursion(routine);
    this.#scoped(() => this.#statements(1 + this.#random.below(3), 1));
    for (let i = 0; i < routine.results; i++) this.#expression(2);
    this.#emit(leaveText(routine), 0);
  }

  /** Calls itself with a smaller first argument, below 8, while it is not zero. */
  #recursion(routine: Routine): void {
    const done = this.#label();
    const back = this.#label();
    this.#emit(`push 7 and dup1 iszero push @${done} jumpi push @${back}`, 1);
    for (let i = 1; i < routine.args; i++) this.#emit(`dup${this.#height}`, 1);
    this.#emit(
      `push 1 dup${routine.args + 1} sub push @${routine.name} jump ${back}:`,
      routine.results - routine.args,
    );
    for (let i = 0; i < routine.results; i++) this.#emit("pop", -1);
    this.#emit(`${done}:`, 0);
  }

  #callAccount(depth: number): void {
    const random = this.#random;
    const name = random.pick([
      "call",
      "call",
      "callcode",
      "delegatecall",
      "staticcall",
      "staticcall",
    ]);
    this.#range();
    this.#range();
    const hasValue = name === "call" || name === "callcode";
    if (hasValue) this.#push(random.chance(70) ? 0n : BigInt(random.below(5)));
    this.#push(random.pick(this.#targets));
    if (random.chance(25)) this.#emit("gas", 1);
    else this.#push(random.chance(90) ? BigInt(random.below(20_000)) : random.pick(CONSTANTS));
    this.#emit(name, hasValue ? -6 : -5);
    if (depth < 3 && random.chance(20)) this.#emit("pop returndatasize", 0);
  }

  #create(): void {
    const random = this.#random;
    // initcode that returns some memory, stores something, or fails
    const code = assemble(
      random.pick([
        "push 5 push 0 return",
        "push 1 push 1 sstore push 32 push 0 return",
        "push 0 push 0 revert",
        "caller push 0 mstore push 32 push 0 revert",
        // Takes all gas but a 64th.
        random.chance(25) ? "data 0xfe" : "stop",
        random.chance(25) ? "push 0xef push 0 mstore8 push 1 push 0 return" : "stop",
        "push 0x60015fff push 0 mstore push 4 push 28 return",
        "caller selfdestruct",
      ]),
    );
    const word = Buffer.concat([code, Buffer.alloc(32)])
      .subarray(0, 32)
      .toString("hex");
    this.#emit(`push32 0x${word} push 0 mstore`, 0);
    const salted = random.chance(50);
    if (salted) this.#push(BigInt(random.below(2)));
    this.#push(BigInt(code.length));
    this.#push(0n);
    this.#push(random.chance(80) ? 0n : 1n);
    this.#emit(salted ? "create2" : "create", salted ? -3 : -2);
  }

  #finish(): void {
    const kind = this.#random.below(20);
    if (kind < 12) this.#emit("push 192 push 0 return", 0);
    else if (kind < 16) this.#emit("push 96 push 32 revert", 0);
    else if (kind < 18) this.#emit("stop", 0);
    else this.#emit("invalid", 0);
  }
}

/** A random program. */
export function generateProgram(
  random: Random,
  budget: number,
  targets: readonly bigint[] = TARGETS,
  calls = false,
): { text: string; code: Uint8Array } {
  const text = new ProgramWriter(random, budget, targets, calls).write();
  return { text, code: assemble(text) };
}
