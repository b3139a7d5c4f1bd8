// Fetches the published archives of the protocols that `dragoman bench evm` runs, into .peers or DRAGOMAN_PEERS: `npm run peers:protocols`.
// They are under GPL and BUSL, so they are no dependencies; their own dependencies are not needed. The last two are peers of other suites.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SPECS = [
  "@uniswap/v2-core@1.0.1",
  "@uniswap/v2-periphery@1.1.0-beta.0",
  "@uniswap/v3-core@1.0.1",
  "@uniswap/v3-periphery@1.4.4",
  "@uniswap/v4-core@1.0.2",
  "@aave/core-v3@1.19.3",
  "synthetix@2.102.1",
  "@perp/curie-contract@2.8.4",
  "@lightprotocol/zk-compression-cli@0.28.3",
  "@zktx.io/sui-move-builder@0.5.1",
];

const folder =
  process.env.DRAGOMAN_PEERS ?? fileURLToPath(new URL("../../../.peers", import.meta.url));
mkdirSync(folder, { recursive: true });
for (const spec of SPECS) {
  const target = join(folder, spec.replaceAll("/", "+"));
  if (existsSync(join(target, "package.json"))) continue;
  const pack = ["pack", spec, "--silent", "--ignore-scripts", "--pack-destination", folder];
  const archive = execFileSync("npm", pack, { encoding: "utf8" }).trim().split("\n").at(-1);
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, archive), "-C", target, "--strip-components=1"]);
  rmSync(join(folder, archive));
  process.stdout.write(`${spec}\n`);
}
