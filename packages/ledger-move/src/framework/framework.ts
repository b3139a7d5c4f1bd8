import { FRAMEWORK_ARTEFACTS } from "./artefacts.ts";
import type { FrameworkName } from "./build.ts";

let files: ReadonlyMap<FrameworkName, Uint8Array> | undefined;

/** The files (`.mv`) of the modules at 0x1 that a chain has beside the standard library, each after what it imports. */
export function frameworkFiles(): ReadonlyMap<FrameworkName, Uint8Array> {
  files ??= new Map(
    FRAMEWORK_ARTEFACTS.map(([name, , base64]) => [
      name,
      new Uint8Array(Buffer.from(base64, "base64")),
    ]),
  );
  return files;
}
