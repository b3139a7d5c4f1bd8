/** One layer: the packages that stand in it, and whether they may depend on each other. */
export interface Layer {
  readonly name: string;
  /** Folders relative to the repository; `*` stands for any one name. */
  readonly members: readonly string[];
  readonly within: boolean;
  /** Whether its sources must also run in a browser, and so import nothing of Node's. */
  readonly portable: boolean;
}

const layer = (name: string, members: string[], within: boolean, portable: boolean): Layer => ({
  name,
  members,
  within,
  portable,
});

const inPackages = (...names: string[]) => names.map((name) => `packages/${name}`);

/** Lowest first. A package depends on packages of lower layers, and of its own where `within` says so. */
export const LAYERS: readonly Layer[] = [
  layer("ground", inPackages("bytes", "word", "fault", "crypto"), true, true),
  layer("core", inPackages("core"), false, true),
  layer("frontends", inPackages("frontend-*"), false, true),
  layer("machine", inPackages("vm"), false, true),
  layer("ledgers", inPackages("ledger", "ledger-*", "fork-evm", "store"), true, false),
  layer(
    "market",
    inPackages("chain", "quant", "protocol", "routing", "bridge", "index"),
    true,
    false,
  ),
  layer("surfaces", inPackages("rpc-*", "schema", "sdk", "sdk-*"), true, false),
  layer("adapters", ["adapters/*"], false, false),
  layer("applications", ["apps/*", "test/*"], true, false),
  layer("tools", ["tools/*"], true, false),
];

/** Position in {@link LAYERS} of the package in folder `root`; -1 if no layer has a place for it. */
export const layerOf = (root: string): number =>
  LAYERS.findIndex(({ members }) => members.some((pattern) => matches(pattern, root)));

/** Folders of one package that must not import each other, in either direction. */
export const SEPARATE_FOLDERS: readonly (readonly [one: string, other: string])[] = [
  ["packages/core/src/interp", "packages/core/src/codegen"],
];

/** Clients of chains, and the only folders that may import them; ledgers and RPC packages in their tests alone. */
export const CHAIN_CLIENTS: Readonly<Record<string, readonly string[]>> = {
  viem: ["adapters/evm", "packages/sdk-evm", "packages/ledger-evm", "packages/rpc-eth", "test/*"],
  "@solana/web3.js": [
    "adapters/solana",
    "packages/sdk-solana",
    "packages/ledger-svm",
    "packages/rpc-solana",
    "test/*",
  ],
  "@aptos-labs/ts-sdk": [
    "adapters/move",
    "packages/sdk-move",
    "packages/ledger-move",
    "packages/rpc-aptos",
    "test/*",
  ],
  "@polkadot/api": [
    "adapters/polkadot",
    "packages/sdk-polkadot",
    "packages/ledger-substrate",
    "packages/rpc-substrate",
    "test/*",
  ],
};

/** Whether `path` is `pattern`, in which `*` stands for any characters but `/`. */
export function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(path);
}
