import { parseArgs } from "node:util";
import { refuse } from "@dragoman/fault";
import type { Command } from "./command.ts";

/** The form of one option: a word behind it, or nothing. */
export type OptionForms = Readonly<Record<string, "text" | "flag">>;

const PORT_MAX = 65_535;

/** Options as typed; every command reads what it declared. */
export class Options {
  readonly positionals: readonly string[];
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  /** Faults: `INVALID_COMMAND` for an unknown option or one without its value. */
  constructor(
    command: Pick<Command, "name" | "usage">,
    forms: OptionForms,
    args: readonly string[],
  ) {
    const options = Object.fromEntries(
      Object.entries(forms).map(([name, form]) => {
        return [name, { type: form === "flag" ? ("boolean" as const) : ("string" as const) }];
      }),
    );
    try {
      const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
      this.positionals = parsed.positionals;
      this.#values = parsed.values as Record<string, string | boolean | undefined>;
    } catch (error) {
      const why = (error as Error).message
        .replace(/\. To specify.*$/s, "")
        .replace(/\s*\n\s*/g, " ");
      refuse(
        "INVALID_COMMAND",
        undefined,
        `${why} (usage: dragoman ${command.name} ${command.usage})`,
      );
    }
  }

  flag(name: string): boolean {
    return this.#values[name] === true;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    return typeof value === "string" ? value : undefined;
  }

  /** One of `choices`. Faults: `INVALID_COMMAND` naming the option. */
  choice<const T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!(choices as readonly string[]).includes(value)) {
      refuse("INVALID_COMMAND", undefined, `--${name} ${value} is none of ${choices.join(", ")}`);
    }
    return value as T;
  }

  /** A non-negative integer, decimal or 0x. Faults: `INVALID_COMMAND` naming the option. */
  integer(name: string): bigint | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^(0[xX][0-9a-fA-F]+|[0-9][0-9_]*)$/.test(value)) {
      refuse("INVALID_COMMAND", undefined, `--${name} ${value} is no non-negative integer`);
    }
    return BigInt(value.replaceAll("_", ""));
  }

  /** An integer that fits a number, at least `min`. Faults: `INVALID_COMMAND` naming the option. */
  count(name: string, min = 0): number | undefined {
    const value = this.integer(name);
    if (value === undefined) return undefined;
    if (value < BigInt(min) || value > BigInt(Number.MAX_SAFE_INTEGER)) {
      refuse("INVALID_COMMAND", undefined, `--${name} ${value} is out of range`);
    }
    return Number(value);
  }

  /** A port, 0 being any free one. Faults: `INVALID_COMMAND`. */
  port(name: string): number | undefined {
    const value = this.count(name);
    if (value !== undefined && value > PORT_MAX)
      refuse("INVALID_COMMAND", undefined, `--${name} ${value} is no port: 0 to ${PORT_MAX}`);
    return value;
  }

  /** JSON text. Faults: `INVALID_COMMAND` naming the option. */
  json(name: string): unknown {
    const value = this.text(name);
    if (value === undefined) return undefined;
    try {
      return JSON.parse(value);
    } catch (error) {
      refuse("INVALID_COMMAND", undefined, `--${name} is no JSON (${(error as Error).message})`);
    }
  }

  /** The positional at `index`. Faults: `INVALID_COMMAND` when it is missing. */
  positional(index: number, what: string): string {
    const value = this.positionals[index];
    if (value === undefined) refuse("INVALID_COMMAND", undefined, `${what} is missing`);
    return value;
  }

  /** Faults: `INVALID_COMMAND` when there are more than `count` positionals. */
  noMoreThan(count: number): void {
    const surplus = this.positionals[count];
    if (surplus !== undefined)
      refuse("INVALID_COMMAND", undefined, `${surplus} is one argument too many`);
  }
}
