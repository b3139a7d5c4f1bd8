import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The page's program for browsers, from the sources: one script that sets `globalThis.dragoman`. */
export async function bundlePage(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL("./page.ts", import.meta.url))],
    bundle: true,
    write: false,
    platform: "browser",
    format: "iife",
    target: "es2022",
    conditions: ["@dragoman/source"],
    logLevel: "error",
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error("the bundler wrote nothing");
  return file.text;
}
