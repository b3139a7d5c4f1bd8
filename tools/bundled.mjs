import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../", import.meta.url);
const BUNDLE = new URL("dist/", import.meta.url);

/** Where `tools/bundle.mjs` writes. */
export const BUNDLE_FOLDER = fileURLToPath(BUNDLE);

/** Compiled mains that are bundled, by their names in the bundle. */
export const ENTRIES = {
  dragoman: new URL("apps/cli/dist/main.js", ROOT),
  relayer: new URL("apps/relayer/dist/main.js", ROOT),
};

/** The file that starts a main: the bundle if it is newer than everything compiled, else the compiled main itself. */
export const startOf = (name) =>
  (isFresh(new URL(`${name}.js`, BUNDLE)) ? new URL(`${name}.js`, BUNDLE) : ENTRIES[name]).href;

/** True if no package was compiled after `bundle` was written; the compiler writes `.tsbuildinfo` whenever it writes. */
function isFresh(bundle) {
  const written = modified(bundle);
  if (written === 0) return false;
  return ["packages/", "apps/", "adapters/"].every((folder) =>
    readdirSync(new URL(folder, ROOT)).every(
      (name) => modified(new URL(`${folder}${name}/dist/.tsbuildinfo`, ROOT)) <= written,
    ),
  );
}

/** When a file was written, ms; 0 if it does not exist. */
const modified = (url) => statSync(url, { throwIfNoEntry: false })?.mtimeMs ?? 0;
