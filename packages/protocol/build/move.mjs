// Assembles the Move modules of the market and writes src/move-artefacts.ts, after a build of packages/frontend-move:
//   node packages/protocol/build/move.mjs
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** The modules, each after what it imports. */
const NAMES = ["q32", "account", "packet", "events", "collateral", "market"];
/** Functions of the market that may be called for their results alone. */
const VIEWS = [
  "account",
  "domain",
  "numbers",
  "packet_of",
  "publisher",
  "quote_option",
  "quote_perp",
  "received",
  "settlement_price",
  "vault",
  "worth",
];
/** The package's address in the texts. */
const PLACE = "d7a90a".padStart(64, "0");
const folder = new URL("../move/", import.meta.url);
const source = (name) => readFileSync(new URL(`${name}.mvir`, folder), "utf8");

/** SHA-256 over names and contents of the sources. */
export function sourceHash() {
  const hash = createHash("sha256");
  for (const name of NAMES) hash.update(name).update(source(name));
  return hash.digest("hex");
}

/**
 * Name and file of each module, for the address {@link PLACE}. `move`: what @dragoman/frontend-move and its `asm` export; its tests give the sources,
 * a build the built files.
 */
export function assembled(move) {
  const { assembleModule, encodeModule, markViews, stdlibModules, verifyModule } = move;
  const known = stdlibModules();
  return NAMES.map((name) => {
    const module = assembleModule(source(name), known);
    known.push(module);
    const marked = name === "market" ? markViews(module, VIEWS) : module;
    verifyModule(marked);
    const file = Buffer.from(encodeModule(marked));
    // The codec writes another address over this one, wherever it stands.
    const places = file.toString("hex").split(PLACE).length - 1;
    const addresses = [
      ...marked.addresses,
      ...marked.constants.filter(({ type }) => type.tag === "address").map(({ data }) => data),
    ].filter((bytes) => Buffer.from(bytes).toString("hex") === PLACE);
    if (places !== addresses.length) throw new Error(`${name}: ${places} places of the address`);
    return [name, file];
  });
}

/** Text of src/move-artefacts.ts. */
export function artefacts(move) {
  return [
    "// tidy: generated",
    "// Written by packages/protocol/build/move.mjs from packages/protocol/move; do not edit.",
    `export const MOVE_SOURCE_HASH = "${sourceHash()}";`,
    "/** The address that the files are made for, 32 bytes in hex. */",
    `export const MOVE_PLACE = "${PLACE}";`,
    "/** Name and file (base64) of each module, each after what it imports. */",
    "export const MOVE_MODULES = [",
    ...assembled(move).map(
      ([name, file]) => `  [\n    "${name}",\n    "${file.toString("base64")}",\n  ],`,
    ),
    "] as const;",
    "",
  ].join("\n");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const built = new URL("../../frontend-move/dist/", import.meta.url);
  const [main, asm] = await Promise.all([
    import(new URL("index.js", built).href),
    import(new URL("asm/index.js", built).href),
  ]);
  writeFileSync(
    new URL("../src/move-artefacts.ts", import.meta.url),
    artefacts({ ...main, ...asm }),
  );
}
