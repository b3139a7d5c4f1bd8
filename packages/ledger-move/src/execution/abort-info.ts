interface AbortInfo {
  readonly name: string;
  readonly description: string;
}

/** Abort codes of the framework with the names and sentences that Aptos's own framework has for them. */
const ABORTS: readonly (readonly [module: string, code: bigint, name: string, text: string])[] = [
  ["0x1::account", 0x80001n, "EACCOUNT_ALREADY_EXISTS", "Account already exists"],
  ["0x1::coin", 0x10006n, "EINSUFFICIENT_BALANCE", "Not enough coins to complete transaction"],
  [
    "0x1::coin",
    0x60005n,
    "ECOIN_STORE_NOT_PUBLISHED",
    "Account hasn't registered `CoinStore` for `CoinType`",
  ],
  [
    "0x1::coin",
    0x60003n,
    "ECOIN_INFO_NOT_PUBLISHED",
    "`CoinType` hasn't been initialized as a coin",
  ],
  [
    "0x1::coin",
    0x80002n,
    "ECOIN_INFO_ALREADY_PUBLISHED",
    "`CoinType` is already initialized as a coin",
  ],
  ["0x1::coin", 0x5000an, "EFROZEN", "CoinStore is frozen. Coins cannot be deposited or withdrawn"],
];

const BY_PLACE = new Map<string, AbortInfo>(
  ABORTS.map(([module, code, name, description]) => [`${module} ${code}`, { name, description }]),
);

/** Name and sentence of an abort of the framework; undefined for any other. */
export const abortInfo = (module: string, code: bigint): AbortInfo | undefined =>
  BY_PLACE.get(`${module} ${code}`);
