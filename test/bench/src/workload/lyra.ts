import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ARTEFACTS = "@lyrafinance/protocol/dist/artifacts/contracts";

/** Runtime code of a contract of @lyrafinance/protocol, which nobody here wrote. */
export function lyraContract(name: string): Uint8Array {
  const path = createRequire(import.meta.url).resolve(`${ARTEFACTS}/${name}.sol/${name}.json`);
  const { deployedBytecode } = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  return new Uint8Array(Buffer.from((deployedBytecode as string).slice(2), "hex"));
}
