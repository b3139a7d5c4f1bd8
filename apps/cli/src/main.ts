import { COMMANDS } from "./commands.ts";
import { dragoman } from "./dragoman.ts";
import { jsonText } from "./json-text.ts";

process.exitCode = await dragoman(COMMANDS, process.argv.slice(2), {
  json: (value) => process.stdout.write(`${jsonText(value)}\n`),
  text: (line) => process.stdout.write(`${line}\n`),
  note: (line) => process.stderr.write(`${line}\n`),
});
