import { decodeBase64 } from "@dragoman/bytes";
import { decodeModule } from "../format/decode.ts";
import type { CompiledModule } from "../format/module.ts";
import { STDLIB_ARTEFACTS } from "./artefacts.ts";
import type { StdlibName } from "./build.ts";

let files: ReadonlyMap<StdlibName, Uint8Array> | undefined;
let modules: readonly CompiledModule[] | undefined;

/** The files (`.mv`) of the standard library at address 0x1, each after what it imports. */
export function stdlibFiles(): ReadonlyMap<StdlibName, Uint8Array> {
  files ??= new Map(STDLIB_ARTEFACTS.map(([name, , base64]) => [name, decodeBase64(base64)]));
  return files;
}

/** The modules of the standard library, decoded; each after what it imports. */
export function stdlibModules(): CompiledModule[] {
  modules ??= [...stdlibFiles().values()].map(decodeModule);
  return [...modules];
}
