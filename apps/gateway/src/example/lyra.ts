import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { decodeHex } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";

const FACTORIES = "@lyrafinance/protocol/dist/typechain-types/factories";
const CODE = /_bytecode = "(?:0x)?([0-9a-f_$]+)"/;
/** Stands in creation code for the address of a library. */
const PLACEHOLDER = /__\$[0-9a-f]{34}\$__/g;

/**
 * Creation code of a contract in the npm package `@lyrafinance/protocol`, read as text from the factory that its authors generated.
 * `library`: 20 bytes that take the place of its one linked library. Undefined if the package is not installed.
 */
export function lyraCreationCode(contract: string, library?: string): Uint8Array | undefined {
  const path = resolveInstalled(`${FACTORIES}/${contract}__factory.js`);
  if (path === undefined) return undefined;
  const code = CODE.exec(readFileSync(path, "utf8"))?.[1];
  assert(code !== undefined, `${contract}__factory.js has the bytecode of the contract`);
  return decodeHex(code.replace(PLACEHOLDER, library ?? "").toLowerCase());
}

function resolveInstalled(specifier: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(specifier);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
