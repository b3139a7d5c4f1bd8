import { FaultError, refuse } from "@dragoman/fault";
import type { Command, Console } from "./command.ts";

/**
 * Runs one command line. Exit status: 0 all well, 1 something that ran has failed, 2 refused input (one line on
 * standard error says what and where; with `--json` the fault itself goes to standard output). A bug passes through.
 */
export async function dragoman(
  commands: readonly Command[],
  args: readonly string[],
  console: Console,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    console.note(usage(commands));
    return name === undefined ? 2 : 0;
  }
  try {
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined) {
      const names = commands.map((candidate) => candidate.name).join(", ");
      refuse("INVALID_COMMAND", undefined, `there is no command ${name}; there are ${names}`);
    }
    if (rest.includes("--help")) {
      console.note(`dragoman ${command.name} ${command.usage}\n${command.summary}`);
      return 0;
    }
    return await command.run(rest, console);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    if (rest.includes("--json")) console.json({ error: error.fault });
    console.note(`dragoman ${name}: ${error.fault}`);
    return 2;
  }
}

function usage(commands: readonly Command[]): string {
  const lines = commands.map(
    ({ name, usage: text, summary }) => `  dragoman ${name} ${text}\n      ${summary}`,
  );
  return ["Real EVM, Solana and Move programs on one machine.", "", ...lines].join("\n");
}
