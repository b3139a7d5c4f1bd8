import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { elfsOfPacks, fixturesFolder } from "@dragoman/conformance";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import { realPrograms } from "../decoders/real-programs.ts";
import { svmBenchFolder } from "../svm/bench-folder.ts";
import { hasLightPackage, lightElfs } from "../svm/light/light-package.ts";

/** Programs up to this size are damaged often, larger ones seldom. */
const SMALL_BYTES_MAX = 24 << 10;

/** What mutations start from, in bytes. */
export interface LoaderSeeds {
  readonly small: readonly Uint8Array[];
  readonly large: readonly Uint8Array[];
  /** Sources that are not installed. */
  readonly absent: readonly string[];
}

/** A program with a table, a loop, calls by number and by register, syscalls, and data: all that relocations are for. */
const OWN = `
entrypoint:
  mov64 r6, r1
  lddw r1, 0x100000000
  mov64 r2, 5
  syscall sol_log_
  ldxb r7, [r6+0]
  mov64 r8, 0
again:
  add64 r8, r7
  jlt r8, 100, again
  call double
  stxdw [r10-8], r8
  mov64 r0, 0
  exit
double:
  lsh64 r8, 1
  exit
`;

/** Real programs of litesvm, the recorded ones, those of the loader's pack, and assembled ones of both versions. */
export async function loaderSeeds(): Promise<LoaderSeeds> {
  const elfs: Uint8Array[] = ([0, 3] as const).map((version) =>
    link(assemble(OWN, version), new TextEncoder().encode("hello world, here I am: 8 bytes more")),
  );
  const absent: string[] = [];
  const bench = svmBenchFolder();
  if (bench === undefined) absent.push("recorded programs (DRAGOMAN_FIXTURES)");
  else elfs.push(...["prog_v0.so", "prog_v3.so"].map((name) => read(join(bench, name))));
  const pack = join(fixturesFolder() ?? "", "svm/elf_loader.dev.tar.gz");
  if (existsSync(pack)) elfs.push(...elfsOfPacks([pack]));
  else absent.push("the loader's pack (DRAGOMAN_FIXTURES)");
  const real = await realPrograms();
  elfs.push(...real.filter(({ vm }) => vm === "svm").map(({ bytes }) => bytes));
  if (hasLightPackage()) elfs.push(...lightElfs().map(([, elf]) => elf));
  else absent.push("programs of ZK Compression (npm run peers:protocols)");
  return {
    small: elfs.filter(({ length }) => length <= SMALL_BYTES_MAX),
    large: elfs.filter(({ length }) => length > SMALL_BYTES_MAX),
    absent,
  };
}

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(path));
