import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Absent, Contender } from "../contender.ts";
import { HOW_TO_GET, missingPackages, packagePath } from "../protocol/packages.ts";
import type { MoveAnswer, MoveWorkload } from "../workload/move.ts";

/** MIT; the Rust compiler and VM of Sui (Apache-2.0) as WebAssembly. */
const SPEC = "@zktx.io/sui-move-builder@0.5.1";
const NAME = "Sui's Rust VM as wasm";
/** Runs of an empty test from which the entrance fee is taken. */
const EMPTY_RUNS = 2;

const MANIFEST = `[package]
name = "bench"
edition = "2024.beta"
implicit-dependencies = false

[addresses]
bench = "0x0"
std = "0x1"
`;

/** What the kernels use of the standard library: all of it native. */
const LIBRARY = `module std::vector {
    #[bytecode_instruction] native public fun empty<T>(): vector<T>;
    #[bytecode_instruction] native public fun borrow<T>(v: &vector<T>, i: u64): &T;
    #[bytecode_instruction] native public fun borrow_mut<T>(v: &mut vector<T>, i: u64): &mut T;
    #[bytecode_instruction] native public fun push_back<T>(v: &mut vector<T>, e: T);
    #[bytecode_instruction] native public fun swap<T>(v: &mut vector<T>, i: u64, j: u64);
}
module std::hash { native public fun sha3_256(data: vector<u8>): vector<u8>; }
#[test_only] module std::unit_test { public native fun poison(); }
`;

/** What is used of the package. */
interface MoveBuilder {
  testMovePackage(input: {
    readonly files: Readonly<Record<string, string>>;
  }): Promise<{ readonly passed?: boolean; readonly output?: string }>;
}

/**
 * The Rust VM that the package carries. It runs unit tests only: a kernel is a test that compares with the recorded result, and
 * its time is that of the test less that of the same package with an empty one, which compiles as much and runs nothing.
 */
export async function openSuiMove(): Promise<Contender<MoveWorkload, MoveAnswer> | Absent> {
  if (missingPackages([SPEC]).length > 0) return { name: NAME, absent: `run ${HOW_TO_GET}` };
  const path = join(packagePath(SPEC), "dist/full/index.js");
  const builder = (await import(pathToFileURL(path).href)) as MoveBuilder;
  return {
    name: NAME,
    version: SPEC.slice(SPEC.lastIndexOf("@") + 1),
    load: async (workload) => {
      const { fn, n, result } = workload;
      const source = withoutTests(workload);
      const run = (body: string) => runTest(builder, withTest(source, body));
      let entrance = Number.POSITIVE_INFINITY;
      for (let i = 0; i < EMPTY_RUNS; i++) entrance = Math.min(entrance, (await run("")).ms);
      const kernel = `assert!(${fn}(${n}) == ${result}, 1);`;
      return {
        once: async () => Math.max(0, (await run(kernel)).ms - entrance),
        answer: async () => {
          const { passed, output } = await run(kernel);
          return passed ? { outcome: "ok", result } : { outcome: "failed", result: output };
        },
      };
    },
    close: async () => {},
  };
}

async function runTest(builder: MoveBuilder, source: string) {
  const files = {
    "Move.toml": MANIFEST,
    "sources/library.move": LIBRARY,
    "sources/kernels.move": source,
  };
  const begin = performance.now();
  const { passed, output } = await builder.testMovePackage({ files });
  const ms = performance.now() - begin;
  return { ms, passed: passed === true, output: (output ?? "no output").slice(0, 300) };
}

/** The kernels in Sui's edition without the tests that their file has. */
function withoutTests({ suiSource = "" }: MoveWorkload): string {
  return suiSource.replaceAll(/^\s*#\[test\] fun .*$/gm, "");
}

/** The module with one test behind its functions. */
const withTest = (source: string, body: string): string =>
  source.replace(/\}\s*$/, `    #[test] fun run() { ${body} }\n}\n`);
