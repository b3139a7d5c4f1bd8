import { refuse } from "@dragoman/fault";
import { decodeModule } from "@dragoman/frontend-move";
import {
  discoverTests,
  readManifest,
  runUnitTests,
  testsOfSource,
  type UnitTest,
  type UnitTestResult,
} from "@dragoman/ledger-move";
import type { Command, Console } from "../command.ts";
import { type MovePackage, readMovePackage } from "../input/move-package.ts";
import { Options } from "../options.ts";

/** Internal gas units of one test: what Aptos's own runner gives. */
const GAS_DEFAULT = 1_000_000_000n;
/** The machine counts gas in numbers. */
const GAS_MAX = 2n ** 53n - 1n;

/** Works on Move packages. */
export const move: Command = {
  name: "move",
  usage:
    "test <package folder|.mv file|folder of .mv files>… [--manifest file] [--filter text] [--gas-limit n] [--json]",
  summary: "Runs the unit tests of compiled Move modules; exits 1 when one failed.",
  async run(args, console) {
    const options = new Options(
      this,
      { manifest: "text", filter: "text", "gas-limit": "text", json: "flag" },
      args,
    );
    const [action, ...paths] = options.positionals;
    if (action !== "test") {
      const found = action === undefined ? "is missing" : `${action} is unknown`;
      refuse("INVALID_COMMAND", undefined, `what to do ${found}: test`);
    }
    if (paths.length === 0) refuse("INVALID_COMMAND", undefined, "the package to test is missing");
    const gasLimit = options.integer("gas-limit") ?? GAS_DEFAULT;
    if (gasLimit > GAS_MAX) {
      refuse("INVALID_COMMAND", undefined, `--gas-limit ${gasLimit} is out of range`);
    }
    const pack = readMovePackage(paths, options.text("manifest"));
    const filter = options.text("filter");
    const tests = testsOf(pack).filter(
      ({ module, function: fn }) => filter === undefined || `${module}::${fn}`.includes(filter),
    );
    if (tests.length === 0) {
      const why =
        filter === undefined ? "there are no tests" : `no test's name has ${filter} in it`;
      refuse("INVALID_COMMAND", undefined, why);
    }
    const results: UnitTestResult[] = [];
    for (const result of runUnitTests(pack.modules, tests, { gasLimit })) {
      results.push(result);
      report(console, result);
    }
    const failed = results.filter(({ passed }) => !passed).length;
    table(console, results);
    console.note(`${results.length - failed} passed, ${failed} failed`);
    if (options.flag("json")) {
      const rows = results.map(({ printed, ...row }) => ({ ...row, printed }));
      console.json({ passed: results.length - failed, failed, tests: rows });
    }
    return failed === 0 ? 0 : 1;
  },
};

/** The manifest's tests; else those that the sources mark; else those that the names tell. */
function testsOf({ modules, manifest, sources, addresses }: MovePackage): UnitTest[] {
  if (manifest !== undefined) return readManifest(manifest.text, manifest.file);
  const marked = sources.flatMap(({ text, file }) => testsOfSource(text, file, addresses));
  if (marked.length > 0) return marked;
  return modules.flatMap((file) => discoverTests(decodeModule(file)));
}

function report(console: Console, { name, passed, why, printed, resources }: UnitTestResult): void {
  for (const line of printed) console.note(`  [debug] ${line}`);
  console.note(`${passed ? "pass" : "FAIL"}  ${name}`);
  if (passed) return;
  console.note(`      ${why}`);
  for (const { account, type, value } of resources) {
    console.note(
      `      ${account} ${type} ${value === null ? "is not there" : JSON.stringify(value)}`,
    );
  }
}

/** Gas of each test, in internal units, the dearest first. */
function table(console: Console, results: readonly UnitTestResult[]): void {
  const rows = [...results].sort((a, b) => Number(b.gasUsed - a.gasUsed));
  const width = Math.max(...rows.map(({ gasUsed }) => String(gasUsed).length), 3);
  console.note(`\n${"gas".padStart(width)}  test`);
  for (const { name, gasUsed } of rows) console.note(`${String(gasUsed).padStart(width)}  ${name}`);
}
