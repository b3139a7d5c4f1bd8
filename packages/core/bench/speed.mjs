// Nanoseconds of compiled operations and of the kernel, and milliseconds of translation. After `npm
// run build`:
//   node packages/core/bench/speed.mjs
import { compileModule, instantiate, translateModule } from "../dist/codegen/index.js";
import { LinearMemory } from "../dist/host/linear-memory.js";
import { FunctionBuilder, WordPool } from "../dist/ir/builder.js";
import { OPS } from "../dist/ir/ops.js";
import { createKernel } from "../dist/kernel/index.js";
import { moduleOf } from "../dist/testing/index.js";

const ROUNDS = 200_000;
const FRAME = 2 << 20;
const REPEATS = 15;
const memory = new LinearMemory();
const kernel = createKernel(memory.memory);

/** Best time of a function, in milliseconds. */
function best(run) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REPEATS; i++) {
    const start = performance.now();
    run();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const A = 0x123456789abcdef0fedcba98765432100123456789abcdef0fedcba987654321n;
const B = 0xfedcba9876543210123456789abcdefn;

/** A loop that applies `name` to what it gave before and a word read from memory. */
function loopOf(name) {
  const pool = new WordPool();
  const b = new FunctionBuilder("entry", [], [], pool);
  b.begin(0);
  const frame = b.op("frame");
  b.op("i256.store_le", frame, b.const256(B), 512, 32);
  const info = OPS.find((op) => op.name === name);
  const loop = b.block([2, 1]);
  const done = b.block();
  b.br(loop, [b.const256(A), b.const64(BigInt(ROUNDS))]);
  b.begin(loop);
  const [x, left] = b.blockParams(loop);
  b.op("meter", 1);
  const y = b.op("i256.load_le", frame, 512, 32);
  const args = [x, y, x].slice(0, info?.argCount ?? 0);
  let next = info === undefined ? x : b.op(name, ...args);
  if (b.typeOf(next) === 0) next = b.op("i256.from_i32", next);
  const rest = b.op("i64.sub", left, b.const64(1n));
  b.brIf(b.op("i64.eqz", rest), done, [], loop, [next, rest]);
  b.begin(done);
  b.op("i256.store_le", frame, x, 576, 32);
  b.ret();
  return moduleOf([b.build()], pool);
}

function time(module) {
  const code = compileModule(module);
  const { run } = instantiate(code, { memory, kernel, host: () => 0 });
  return (
    best(() => {
      memory.setWord(FRAME, 10n ** 15n);
      run(FRAME);
    }) / ROUNDS
  );
}

const empty = time(loopOf("nothing"));
process.stdout.write(`empty loop ${(empty * 1e6).toFixed(2)} ns\n`);
for (const name of [
  "i256.add",
  "i256.sub",
  "i256.mul",
  "i256.div",
  "i256.mod",
  "i256.sdiv",
  "i256.mulmod",
  "i256.shl",
  "i256.lt_u",
  "i256.eq",
  "i256.and",
  "i256.not",
  "i256.clz",
  "i256.byte",
]) {
  process.stdout.write(
    `${name.padEnd(12)} ${((time(loopOf(name)) - empty) * 1e6).toFixed(2)} ns\n`,
  );
}

const hashes = [
  ["keccak256 of 32 bytes", () => kernel.keccak256(FRAME, 32, FRAME + 4096)],
  ["keccak256 of 1 KiB", () => kernel.keccak256(FRAME, 1024, FRAME + 4096)],
  ["sha256 of 32 bytes", () => kernel.sha256(FRAME, 32, FRAME + 4096)],
  ["sha256 of 1 KiB", () => kernel.sha256(FRAME, 1024, FRAME + 4096)],
];
for (const [name, hash] of hashes) {
  const ms = best(() => {
    for (let i = 0; i < 200; i++) hash();
  });
  process.stdout.write(`${name.padEnd(22)} ${((ms / 200) * 1e6).toFixed(0)} ns\n`);
}

/** Straight code of words: what translation costs. */
function straight(count) {
  const pool = new WordPool();
  const b = new FunctionBuilder("entry", [], [], pool);
  b.begin(0);
  const frame = b.op("frame");
  let x = b.op("i256.load_le", frame, 512, 32);
  for (let i = 0; i < count; i++) {
    x = b.op("i256.xor", b.op("i256.add", x, b.const256(BigInt(i) << 100n)), x);
  }
  b.op("i256.store_le", frame, x, 576, 32);
  b.ret();
  return moduleOf([b.build()], pool);
}

const module = straight(2000);
const bytes = translateModule(module).length;
const ms = best(() => translateModule(module));
process.stdout.write(
  `translation: 6,000 operations to ${bytes} bytes of WebAssembly in ${ms.toFixed(2)} ms\n`,
);
