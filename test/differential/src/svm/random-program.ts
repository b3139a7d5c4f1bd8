import type { Random } from "@dragoman/core/testing";
import type { SbpfVersion } from "@dragoman/frontend-sbpf";

/** Syscalls that random programs call; all of their arguments may be nonsense. */
const SYSCALLS = [
  "sol_memcpy_",
  "sol_memmove_",
  "sol_memset_",
  "sol_memcmp_",
  "sol_sha256",
  "sol_keccak256",
  "sol_log_64_",
  "sol_log_compute_units_",
  "sol_set_return_data",
  "sol_get_return_data",
  "sol_get_stack_height",
  "sol_alloc_free_",
  "abort",
];

const ALU = ["add", "sub", "mul", "div", "mod", "or", "and", "xor", "lsh", "rsh", "arsh", "mov"];
const JUMPS = ["jeq", "jne", "jgt", "jge", "jlt", "jle", "jset", "jsgt", "jsge", "jslt", "jsle"];
const SIZES = ["b", "h", "w", "dw"] as const;

/**
 * A verified random program as assembly: a few functions of straight code, loops, branches into each other, calls, pointers
 * to code and syscalls. Registers hold pointers often enough that memory is reached.
 */
export function randomProgram(random: Random, version: SbpfVersion): string {
  const functions = random.between(1, 5);
  const lines: string[] = [];
  for (let fn = 0; fn < functions; fn++) {
    lines.push(fn === 0 ? "entrypoint:" : `fn${fn}:`);
    if (fn === 0) lines.push("  mov64 r6, r1");
    if (fn === 0 || random.oneIn(2)) lines.push("  lddw r7, 0x300000100");
    writeBody(lines, random, version, fn, functions);
    if (!random.oneIn(12)) lines.push("  exit");
  }
  // A jump may go to the very end, so that something must stand there.
  if (!random.oneIn(6)) lines.push("last:", "  exit");
  else lines.push("last:", "  mov64 r0, 1");
  return lines.join("\n");
}

function writeBody(
  lines: string[],
  random: Random,
  version: SbpfVersion,
  fn: number,
  functions: number,
): void {
  const labels = random.between(1, 5);
  const count = random.pick([3, 8, 20, 50]);
  for (let label = 0; label < labels; label++) {
    lines.push(`l${fn}_${label}:`);
    for (let i = Math.ceil(count / labels); i > 0; i--) {
      lines.push(`  ${instruction(random, version, fn, label + 1, labels, functions)}`);
    }
    for (let i = random.below(4); i > 0; i--) writeChoice(lines, random, version);
    if (random.oneIn(3)) writeLoop(lines, random, version, fn, label + 1, labels, functions);
  }
}

/** A loop of a few turns, so that a good part of all runs comes to its end. */
function writeLoop(
  lines: string[],
  random: Random,
  version: SbpfVersion,
  fn: number,
  next: number,
  labels: number,
  functions: number,
): void {
  const label = `loop${lines.length}`;
  const counter = random.between(8, 9);
  lines.push(`  mov64 r${counter}, ${random.between(1, 9)}`, `${label}:`);
  for (let i = random.between(1, 6); i > 0; i--) {
    lines.push(`  ${instruction(random, version, fn, next, labels, functions)}`);
    if (random.oneIn(3)) writeChoice(lines, random, version);
  }
  lines.push(`  sub64 r${counter}, 1`, `  jsgt r${counter}, 0, ${label}`);
}

/** What compilers make of `c ? a : b`, of comparisons as numbers and of `if (c) a -= b`: a branch over a few operations on registers. */
function writeChoice(lines: string[], random: Random, version: SbpfVersion): void {
  const label = `over${lines.length}`;
  const chosen = register(random);
  if (random.oneIn(2)) lines.push(`  mov${random.pick([32, 64])} ${chosen}, ${random.below(2)}`);
  const jump = random.pick(JUMPS) + (version === 3 && random.oneIn(3) ? "32" : "");
  const isBoolean = random.oneIn(3);
  const operand = isBoolean || random.oneIn(2) ? register(random) : random.between(-2, 2);
  lines.push(`  ${jump} ${random.oneIn(3) ? chosen : register(random)}, ${operand}, ${label}`);
  if (isBoolean) lines.push(`  mov64 ${chosen}, ${random.below(2)}`);
  else for (let i = random.between(1, 4); i > 0; i--) lines.push(`  ${arithmetic(random)}`);
  lines.push(`${label}:`);
  if (!isBoolean || random.oneIn(2)) return;
  const other = register(random);
  const width = random.pick([32, 64]);
  lines.push(`  ${random.pick(["and", "or", "xor"])}${width} ${chosen}, ${other}`);
  const test = random.pick(["jeq", "jne"]);
  lines.push(`  ${test} ${chosen}, 0, ${label}b`, `  mov64 ${other}, 1`, `${label}b:`);
}

/** A register to write: seldom r6 and r7, which point to input and heap. */
function register(random: Random): string {
  return random.oneIn(40)
    ? `r${random.between(6, 7)}`
    : `r${random.pick([0, 1, 2, 3, 4, 5, 8, 9])}`;
}

function immediate(random: Random): number {
  return random.oneIn(3) ? random.between(-64, 64) : Number(random.word(32)) | 0;
}

/** Somewhere to jump to: mostly forward in the own function, seldom back or into another. */
function target(
  random: Random,
  fn: number,
  next: number,
  labels: number,
  functions: number,
): string {
  if (random.oneIn(40)) return `l${random.below(functions)}_0`;
  if (random.oneIn(20)) return `l${fn}_${random.below(labels)}`;
  return next < labels ? `l${fn}_${random.between(next, labels - 1)}` : "last";
}

function instruction(
  random: Random,
  version: SbpfVersion,
  fn: number,
  next: number,
  labels: number,
  functions: number,
): string {
  switch (random.below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return arithmetic(random);
    case 4:
    case 5:
      return pointer(random);
    case 6:
    case 7:
    case 8:
    case 9:
      return memoryAccess(random);
    case 10:
    case 11: {
      const jump = random.pick(JUMPS) + (version === 3 && random.oneIn(3) ? "32" : "");
      const operand = random.oneIn(2) ? register(random) : immediate(random);
      return `${jump} ${register(random)}, ${operand}, ${target(random, fn, next, labels, functions)}`;
    }
    case 12:
      if (random.oneIn(4)) return "exit";
      return random.oneIn(6)
        ? `ja ${target(random, fn, next, labels, functions)}`
        : arithmetic(random);
    case 13:
      if (random.oneIn(5)) return codePointer(random, functions);
      return callee(random, fn, functions);
    case 14:
      return syscall(random);
    default:
      return random.oneIn(12) ? `callx ${register(random)}` : pointer(random);
  }
}

/** A syscall, mostly with arguments that it takes. */
function syscall(random: Random): string {
  const name = random.pick(SYSCALLS.slice(0, random.oneIn(40) ? SYSCALLS.length : 12));
  if (random.oneIn(8)) return `syscall ${name}`;
  const place = (to: string): string =>
    `mov64 ${to}, ${random.pick(["r10", "r7", "r7"])}\n  add64 ${to}, ${-8 * random.between(1, 12)}`;
  const size = random.oneIn(10) ? random.below(600) : random.below(40);
  const setup = /sha256|keccak/.test(name)
    ? [
        "mov64 r1, r10\n  add64 r1, -16",
        "mov64 r3, r7",
        `stdw [r10-8], ${size}\n  stxdw [r10-16], r${random.pick([6, 7])}`,
        `mov64 r2, ${random.oneIn(6) ? random.below(3) : 1}`,
        place("r3"),
      ]
    : /^sol_get_return_data/.test(name)
      ? [place("r1"), `mov64 r2, ${size}`, "mov64 r3, r7"]
      : /^sol_(set_return|log_c|get_st|alloc)/.test(name)
        ? [place("r1"), `mov64 r2, ${size}`]
        : [place("r1"), place("r2"), `mov64 r3, ${size}`, "mov64 r4, r7"];
  return [...setup, `syscall ${name}`].join("\n  ");
}

function callee(random: Random, fn: number, functions: number): string {
  if (functions === 1) return "mov64 r0, 7";
  const other = random.oneIn(6) ? random.below(functions) : Math.min(functions - 1, fn + 1);
  return other === 0 ? "mov64 r0, 9" : `call fn${other}`;
}

/** The address of some slot, which a callx may meet. */
function codePointer(random: Random, functions: number): string {
  const offset = random.below(40 * functions) * (random.oneIn(4) ? 3 : 8);
  return `lddw ${register(random)}, 0x${(0x1_0000_0000 + 176 + offset).toString(16)}`;
}

function arithmetic(random: Random): string {
  const width = random.pick([32, 64]);
  if (random.oneIn(8))
    return `${random.pick(["be", "le"])}${random.pick([16, 32, 64])} ${register(random)}`;
  if (random.oneIn(12)) return `neg${width} ${register(random)}`;
  const op = random.pick(ALU);
  const dst = register(random);
  if (random.oneIn(2)) {
    const src = random.below(11);
    const line = `${op}${width} ${dst}, r${src}`;
    const divides = op === "div" || op === "mod";
    return divides && src < 6 && !random.oneIn(8) ? `or32 r${src}, 1\n  ${line}` : line;
  }
  if (op === "div" || op === "mod") return `${op}${width} ${dst}, ${immediate(random) || 3}`;
  if (/sh$/.test(op)) return `${op}${width} ${dst}, ${random.below(width)}`;
  return `${op}${width} ${dst}, ${immediate(random)}`;
}

/** A register becomes an address of some region, now and then at its end. */
function pointer(random: Random): string {
  const dst = register(random);
  switch (random.below(7)) {
    case 0:
      return `mov64 ${dst}, r10`;
    case 1:
      return `mov64 ${dst}, r6`;
    case 2:
      return `lddw ${dst}, 0x${(0x3_0000_0000 + random.below(0x7fff)).toString(16)}`;
    case 3:
      return `lddw ${dst}, 0x${(0x2_0000_0000 + random.below(0x8000)).toString(16)}`;
    case 4:
      return `add64 ${dst}, ${random.between(-32, 32)}`;
    case 5:
      return `mov64 ${dst}, ${random.below(80)}`;
    default:
      return `lddw ${dst}, 0x${(random.oneIn(2) ? 0x1_0000_0000 + random.below(300) : 0x4_0000_0000 + random.below(12_000)).toString(16)}`;
  }
}

function memoryAccess(random: Random): string {
  const size = random.pick(SIZES);
  const onStack = random.oneIn(2);
  const base = onStack ? "r10" : random.oneIn(12) ? register(random) : `r${random.between(6, 7)}`;
  const offset = onStack
    ? -random.between(random.oneIn(30) ? 0 : 8, random.oneIn(60) ? 4200 : 64)
    : random.between(random.oneIn(30) ? -8 : 0, random.oneIn(10) ? 400 : 64);
  const place = `[${base}${offset < 0 ? "-" : "+"}${Math.abs(offset)}]`;
  if (random.oneIn(2)) return `ldx${size} ${register(random)}, ${place}`;
  if (random.oneIn(2)) return `st${size} ${place}, ${immediate(random)}`;
  return `stx${size} ${place}, r${random.below(11)}`;
}
