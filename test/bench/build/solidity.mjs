// The Solidity of the benchmarks, as its two build scripts compile it.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import solc from "solc";

const contentOf = (file) => readFileSync(new URL(`../solidity/${file}`, import.meta.url), "utf8");

/** SHA-256 over a source and the compiler's version: stands in what was made from it. */
export const sourceHash = (file) =>
  createHash("sha256").update(solc.version()).update(contentOf(file)).digest("hex");

/** Contracts of a source by name. */
export function compile(file, outputs) {
  const settings = {
    optimizer: { enabled: true, runs: 200 },
    evmVersion: "cancun",
    metadata: { appendCBOR: false, bytecodeHash: "none" },
    outputSelection: { "*": { "*": outputs } },
  };
  const sources = { [file]: { content: contentOf(file) } };
  const input = JSON.stringify({ language: "Solidity", sources, settings });
  const output = JSON.parse(solc.compile(input));
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map((e) => e.formattedMessage).join("\n"));
  return output.contracts[file];
}
