import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { COMMANDS } from "../commands.ts";
import { dragoman } from "../dragoman.ts";
import { jsonText } from "../json-text.ts";

const CLI = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Compiles what the command is made of, so that a child process runs the sources as they are now. */
export function buildCommand(): void {
  const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-b", CLI], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the command does not compile:\n${stdout}`);
}

/** What a process of its own runs. */
export const COMMAND_FILE: string = join(CLI, "bin/dragoman.js");

/** Runs `dragoman` with `args` as a process of its own. */
export function dragomanProcess(...args: string[]): Finished {
  const options = { encoding: "utf8", timeout: 60_000, maxBuffer: 64 << 20 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND_FILE, ...args], options);
  return { status, stdout, stderr };
}

/** Runs `dragoman` with `args` in this process: as quick as a call, for the many forms of bad input. */
export async function dragomanCall(...args: string[]): Promise<Finished> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const status = await dragoman(COMMANDS, args, {
    json: (value) => stdout.push(jsonText(value)),
    text: (line) => stdout.push(line),
    note: (line) => stderr.push(line),
  });
  return { status, stdout: stdout.join("\n"), stderr: stderr.join("\n") };
}

const folder = mkdtempSync(join(tmpdir(), "dragoman-cli-"));

/** Path of a new file with `content`. */
export function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
