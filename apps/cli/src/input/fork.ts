import { refuse } from "@dragoman/fault";
import type { OpenedFork } from "@dragoman/fork-evm";
import type { OptionForms, Options } from "../options.ts";
import { hexBytes } from "./program-bytes.ts";

/** Options that name a block of another Ethereum chain. */
export const FORK_OPTIONS = {
  "fork-url": "text",
  "fork-block-number": "text",
  "fork-block-hash": "text",
  "cache-folder": "text",
} as const satisfies OptionForms;

/** How usages put {@link FORK_OPTIONS}. */
export const FORK_USAGE =
  "[--fork-url url] [--fork-block-number n | --fork-block-hash hash] [--cache-folder folder]";

/** The fork that options name; undefined without `--fork-url`. Faults: `INVALID_COMMAND`, those of `openFork`. */
export async function forkOf(
  options: Options,
  note: (line: string) => void,
): Promise<OpenedFork | undefined> {
  const url = options.text("fork-url");
  const number = options.count("fork-block-number");
  const hash = options.text("fork-block-hash");
  const folder = options.text("cache-folder");
  if (url === undefined) {
    const names = Object.keys(FORK_OPTIONS);
    const stray = names.find((name) => options.text(name) !== undefined);
    if (stray !== undefined) refuse("INVALID_COMMAND", undefined, `--${stray} needs --fork-url`);
    return undefined;
  }
  if (number !== undefined && hash !== undefined) {
    const why = "--fork-block-number and --fork-block-hash: give one of them";
    refuse("INVALID_COMMAND", undefined, why);
  }
  const bytes = hash === undefined ? undefined : hexBytes(hash, "--fork-block-hash");
  if (bytes !== undefined && bytes.length !== 32) {
    refuse("INVALID_COMMAND", undefined, `--fork-block-hash has ${bytes.length} bytes, not 32`);
  }
  const { openFork } = await import("@dragoman/fork-evm");
  return openFork({ url, block: bytes ?? number, folder, note });
}
