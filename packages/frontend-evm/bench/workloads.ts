// Runs the peer workloads in the named tiers and checks return values and gas.
import { readdirSync, readFileSync } from "node:fs";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import { Engine, MemoryState, type Tier } from "@dragoman/core";
import { DOMAIN, evmRequest } from "@dragoman/frontend-evm";

interface Workload {
  name: string;
  from: string;
  to: string;
  gasLimit: string;
  calldata: string;
  accounts: Record<string, string>;
  gasExecution: number;
  returnValue: string;
}

const NOTHING = new Uint8Array(0);

function stateOf(workload: Workload): MemoryState {
  const state = new MemoryState();
  for (const [address, code] of Object.entries(workload.accounts)) {
    state.write(DOMAIN.CODE, decodeHex(address), NOTHING, decodeHex(code));
  }
  return state;
}

/** Milliseconds of the fastest of the runs, each on a fresh journal state. */
export function measure(workload: Workload, tier: Tier, budgetMs: number): number {
  const state = stateOf(workload);
  const engine = new Engine({
    state,
    tier,
    ...(process.env.OPT ? { moduleUnderTest: "optimistic-interpreted" as const } : {}),
  });
  const checkpoint = engine.journal.checkpoint();
  const gas = BigInt(workload.gasLimit);
  let best = Number.POSITIVE_INFINITY;
  const until = performance.now() + budgetMs;
  do {
    engine.journal.revert(checkpoint, false);
    const request = evmRequest(engine.journal, {
      from: decodeHex(workload.from),
      to: decodeHex(workload.to),
      input: decodeHex(workload.calldata),
      gas,
      fork: "cancun",
    });
    const begun = performance.now();
    const result = engine.execute(request);
    best = Math.min(best, performance.now() - begun);
    const output = encodeHex(result.output);
    if (
      result.outcome !== 0 ||
      output !== workload.returnValue ||
      Number(result.gasUsed) !== workload.gasExecution
    ) {
      throw new Error(
        `${workload.name}: outcome ${result.outcome.toString(16)} at ${result.position}, ${output}, gas ${result.gasUsed} instead of ${workload.gasExecution}, tier ${result.tier}`,
      );
    }
  } while (performance.now() < until);
  return best;
}

const folder = process.env.DRAGOMAN_BENCH ?? "../shared/bench/evm";
const tiers = (process.argv[2] ?? "interpret,compile").split(",") as Tier[];
const only = process.argv[3];
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const workload = JSON.parse(readFileSync(`${folder}/${file}`, "utf8")) as Workload;
  if (only !== undefined && !workload.name.startsWith(only)) continue;
  const times = tiers.map((tier) => {
    try {
      return `${tier} ${measure(workload, tier, Number(process.argv[4] ?? 500)).toFixed(3)}`;
    } catch (error) {
      return `${tier} ${(error as Error).message.slice(0, 300)}\n${(error as Error).stack?.split("\n").slice(1, 6).join("\n")}`;
    }
  });
  console.log(workload.name.padEnd(24), times.join("   "));
}
