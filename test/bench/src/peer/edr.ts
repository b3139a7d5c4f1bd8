import { createRequire } from "node:module";
import type { Absent, Contender } from "../contender.ts";
import type { EvmAnswer, EvmWorkload } from "../workload/evm.ts";
import { installedVersion } from "./installed.ts";
import { JsonRpcEvm } from "./json-rpc-evm.ts";

const NAME = "@nomicfoundation/edr";

/** Hardhat's EDR (revm behind a provider) in this process, one provider a hard fork. An empty call is subtracted. */
export async function openEdr(): Promise<Contender<EvmWorkload, EvmAnswer> | Absent> {
  const version = installedVersion(NAME);
  if (version === undefined) {
    return {
      name: "edr",
      absent: `${NAME} is not installed (npm leaves it out below Node 22; npm run peers)`,
    };
  }
  const edr = requireEdr();
  if (edr === undefined) return { name: "edr", absent: `${NAME} has no binary for this machine` };
  const context = new edr.EdrContext();
  await context.registerProviderFactory(edr.GENERIC_CHAIN_TYPE, edr.genericChainProviderFactory());
  const nodes = new Map<string, JsonRpcEvm>();
  const load = async (workload: EvmWorkload) => {
    const node = nodes.get(workload.fork) ?? (await startNode(edr, context, workload.fork));
    nodes.set(workload.fork, node);
    return node.load(workload);
  };
  return { name: "edr", version, load, close: async () => {} };
}

/** What is used of EDR. Its own declarations are not there where npm leaves the package out. */
interface Edr {
  readonly EdrContext: new () => EdrContext;
  readonly ContractDecoder: new () => object;
  readonly GENERIC_CHAIN_TYPE: string;
  readonly MineOrdering: { readonly Fifo: unknown };
  readonly L1Hardfork: Readonly<Record<string, unknown>>;
  genericChainProviderFactory(): object;
  l1HardforkToString(hardfork: unknown): string;
}

interface EdrContext {
  registerProviderFactory(chainType: string, factory: object): Promise<void>;
  createProvider(
    chainType: string,
    config: object,
    logger: object,
    subscription: object,
    decoder: object,
  ): Promise<Provider>;
}

interface Provider {
  handleRequest(request: string): Promise<{ readonly data: unknown }>;
}

function requireEdr(): Edr | undefined {
  try {
    return createRequire(import.meta.url)(NAME) as Edr;
  } catch {
    // The package is there, its native addon for this platform is not.
    return undefined;
  }
}

async function startNode(edr: Edr, context: EdrContext, fork: string): Promise<JsonRpcEvm> {
  const hardfork = forkName(edr, fork);
  const config = {
    allowBlocksWithSameTimestamp: true,
    allowUnlimitedContractSize: true,
    bailOnCallFailure: true,
    bailOnTransactionFailure: true,
    chainId: 31337n,
    coinbase: new Uint8Array(20),
    defaultTransactionGasLimit: 1n << 30n,
    genesisState: [],
    hardfork,
    initialBaseFeePerGas: 0n,
    initialParentBeaconBlockRoot: new Uint8Array(32),
    minGasPrice: 0n,
    mining: { autoMine: true, blockGasLimit: 1n << 40n, memPool: { order: edr.MineOrdering.Fifo } },
    network: { genesisBlockGasLimit: 1n << 40n },
    networkId: 31337n,
    observability: {},
    ownedAccounts: [],
    precompileOverrides: [],
    transactionGasCap: false as const,
  };
  const logger = {
    enable: false,
    decodeConsoleLogInputsCallback: () => [],
    printLineCallback: () => {},
  };
  const subscription = { subscriptionCallback: () => {} };
  const decoder = new edr.ContractDecoder();
  const provider = await context.createProvider(
    edr.GENERIC_CHAIN_TYPE,
    config,
    logger,
    subscription,
    decoder,
  );
  const send = async (request: string): Promise<string> => {
    const { data } = await provider.handleRequest(request);
    return typeof data === "string" ? data : JSON.stringify(data);
  };
  return new JsonRpcEvm(send, "hardhat");
}

/** EDR spells hard forks its own way: "cancun" is `l1HardforkToString(L1Hardfork.Cancun)`. */
function forkName(edr: Edr, fork: string): string {
  // The members of its enumerations cannot be listed by Object.keys.
  const name = Object.getOwnPropertyNames(edr.L1Hardfork).find(
    (candidate) => candidate.toLowerCase() === fork,
  );
  if (name === undefined) throw new Error(`EDR knows no hard fork ${fork}`);
  return edr.l1HardforkToString(edr.L1Hardfork[name]);
}
