import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ByteReader, ByteWriter, encodeHex } from "@dragoman/bytes";
import { sha3_256 } from "@dragoman/crypto";
import { decodeModule, moduleId, stdlibFiles } from "@dragoman/frontend-move";
import type { Absent, Contender } from "../../contender.ts";
import { peersFolder } from "../../protocol/packages.ts";
import type { MoveAnswer, MoveWorkload } from "../../workload/move.ts";
import { libraryName, NativeVm } from "./native-vm.ts";

const NAME = "libmovevm";
/** BUSL-1.1: whoever wants this peer installs it, no script of ours does. */
const HOW_TO_GET =
  "install it by hand: npm install --prefix .peers --ignore-scripts @initia/builder.js@0.2.12 koffi@2";
const GAS = 10n ** 15n;
const FRAMEWORK = Uint8Array.from({ length: 32 }, (_, index) => (index === 31 ? 1 : 0));
/** Kinds of state keys. */
const CODE = 0;
const CHECKSUM = 1;

/**
 * The native Rust VM of the Aptos lineage in this process, metered, through the C interface of the library in `@initia/builder.js`. One view call costs about a tenth of a
 * millisecond beside what it runs.
 */
export async function openLibmovevm(
  folder = peersFolder(),
): Promise<Contender<MoveWorkload, MoveAnswer> | Absent> {
  const manifest = join(folder, "node_modules/@initia/builder.js/package.json");
  const koffi = join(folder, "node_modules/koffi/package.json");
  if (!existsSync(manifest) || !existsSync(koffi)) return { name: NAME, absent: HOW_TO_GET };
  const file = libraryName();
  if (file === undefined) {
    return { name: NAME, absent: `there is no library for ${process.platform}/${process.arch}` };
  }
  const state = new Map<string, Uint8Array>();
  for (const [name, code] of stdlibFiles()) install(state, FRAMEWORK, name, code);
  let vm: NativeVm | undefined;
  return {
    name: NAME,
    version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version,
    load: async ({ module, fn, n }) => {
      const { address, name } = moduleOf(module);
      install(state, address, name, module);
      vm ??= new NativeVm(folder, file, configuration(), (key) => state.get(key));
      const machine = vm;
      const call = viewCall(address, name, fn, n);
      return {
        once: () => {
          const begin = performance.now();
          machine.view(ENVIRONMENT, call, GAS);
          return performance.now() - begin;
        },
        answer: async () => {
          const answer = machine.view(ENVIRONMENT, call, GAS);
          if (typeof answer === "string") return { outcome: "failed", result: answer };
          return { outcome: "ok", result: resultOf(answer) };
        },
      };
    },
    close: async () => vm?.close(),
  };
}

function moduleOf(code: Uint8Array): { address: Uint8Array; name: string } {
  const module = decodeModule(code);
  return moduleId(module, module.self);
}

/** A module as the machine's state has it: its code and the SHA3-256 of that. */
function install(
  state: Map<string, Uint8Array>,
  address: Uint8Array,
  name: string,
  code: Uint8Array,
): void {
  const key = (kind: number): string => {
    const writer = new ByteWriter(64);
    writer.bytes(address);
    writer.u8(kind);
    text(writer, name);
    return encodeHex(writer.finish()).slice(2);
  };
  state.set(key(CODE), code);
  state.set(key(CHECKSUM), sha3_256(code));
}

function text(writer: ByteWriter, value: string): void {
  writer.uleb128(value.length);
  writer.bytes(new TextEncoder().encode(value));
}

/** BCS of `{ allow_unstable: true, script_cache_capacity, module_cache_capacity }`. */
function configuration(): Uint8Array {
  const writer = new ByteWriter(17);
  writer.u8(1);
  writer.u64(100n);
  writer.u64(100n);
  return writer.finish();
}

/** BCS of height, time, next account, transaction hash and session. */
const ENVIRONMENT = new Uint8Array(8 + 8 + 8 + 32 + 32);

/** BCS of a ViewFunction of one u64, without type arguments, not in JSON. */
function viewCall(address: Uint8Array, module: string, fn: string, n: bigint): Uint8Array {
  const writer = new ByteWriter(128);
  writer.bytes(address);
  text(writer, module);
  text(writer, fn);
  writer.uleb128(0);
  writer.uleb128(1);
  writer.uleb128(8);
  writer.u64(n);
  writer.u8(0);
  return writer.finish();
}

/** The decimal text in an answer, which is the BCS of its JSON and of its events. */
function resultOf(answer: Uint8Array): string {
  const reader = new ByteReader(answer);
  return reader.utf8(reader.uleb128(answer.length)).replaceAll('"', "");
}
