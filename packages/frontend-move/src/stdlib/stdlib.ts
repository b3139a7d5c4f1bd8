import { decodeModule } from "../format/decode.ts";
import type { CompiledModule } from "../format/module.ts";
import { STDLIB_ARTEFACTS } from "./artefacts.ts";
import type { StdlibName } from "./build.ts";

/** The files (`.mv`) of the standard library at address 0x1, each after what it imports. */
export function stdlibFiles(): Map<StdlibName, Uint8Array> {
  return new Map(
    STDLIB_ARTEFACTS.map(([name, , base64]) => [
      name,
      Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
    ]),
  );
}

/** The modules of the standard library, decoded; each after what it imports. */
export function stdlibModules(): CompiledModule[] {
  return [...stdlibFiles().values()].map(decodeModule);
}
