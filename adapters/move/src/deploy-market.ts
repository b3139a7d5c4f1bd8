import {
  AccountAddress,
  Ed25519Account,
  Ed25519PrivateKey,
  type EntryFunction,
  generateSignedTransaction,
  isPendingTransactionResponse,
  MimeType,
  type PendingTransactionResponse,
  parseTypeTag,
  Serializer,
  SimpleTransaction,
  type TransactionResponse,
  U64,
} from "@aptos-labs/ts-sdk";
import { encodeHex } from "@dragoman/bytes";
import { ChainError } from "@dragoman/chain";
import { encodeMoveInitialisation, moveCollateralType, moveModules } from "@dragoman/protocol";
import { buildTransaction, entryFunction } from "./entry-function.ts";
import { withMarketError } from "./market-error.ts";
import type { MoveDeployment } from "./move-deployment.ts";
import { MoveNode } from "./move-node.ts";

export interface DeployOptions {
  /** The node's URL, with or without `/v1`. */
  readonly rpcUrl: string;
  /** Ed25519 seed of 32 bytes of the account that pays; it becomes the package's address and the treasury. */
  readonly secret: Uint8Array;
  /** The chain's number in packets. */
  readonly domain: number;
  /** Address that publishes prices. */
  readonly publisher: string;
  /** 20 bytes each, ascending. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
  /** Annual, Q32. */
  readonly volatility: bigint;
  /** Collateral tokens that the treasury gets, 1e-6 USD. */
  readonly supply: bigint;
}

/** Gas units that publishing may use. */
const PUBLISH_GAS_MAX = 200_000;
const PACKAGE = "DragomanMarket";

/** Publishes the market's modules under the deployer's address and initialises it. Rejects with a ChainError. */
export async function deployMarket(options: DeployOptions): Promise<MoveDeployment> {
  const { rpcUrl, secret, publisher } = options;
  const node = new MoveNode(rpcUrl);
  const account = accountOf(secret);
  const address = encodeHex(account.accountAddress.toUint8Array());
  const modules = moveModules(account.accountAddress.toUint8Array());
  const metadata = packageMetadata(modules.map(({ name }) => name));
  const args = [bytesOf(metadata), listOf(modules.map(({ file }) => file))];
  const publish = entryFunction("0x1", "code", { function: "publish_package_txn", args });
  await committed(node, await send(node, account, publish, { gasMax: PUBLISH_GAS_MAX }), address);
  const owner = encodeHex(AccountAddress.from(publisher).toUint8Array());
  const call = encodeMoveInitialisation({ ...options, publisher: owner });
  const initialise = entryFunction(address, "market", call);
  await committed(node, await send(node, account, initialise), address);
  return { address };
}

export interface FundOptions {
  readonly rpcUrl: string;
  /** Secret of the treasury: who deployed the market. */
  readonly secret: Uint8Array;
  readonly deployment: MoveDeployment;
  /** Address that gets the coins; created if it is not there. */
  readonly to: string;
  /** Octas. */
  readonly native: bigint;
  /** Collateral tokens, 1e-6 USD. */
  readonly collateral: bigint;
}

/** Sends Octas and collateral from the treasury; 0 sends nothing. Rejects with a ChainError. */
export async function fundAccount(options: FundOptions): Promise<void> {
  const { rpcUrl, secret, deployment, to, native, collateral } = options;
  const node = new MoveNode(rpcUrl);
  const account = accountOf(secret);
  const transfer = (name: string, amount: bigint, types: string[]): EntryFunction => {
    const args = [
      AccountAddress.from(to).toUint8Array().slice(),
      new U64(amount).bcsToBytes().slice(),
    ];
    const tags = types.map((type) => parseTypeTag(type));
    return entryFunction("0x1", "aptos_account", { function: name, args }, tags);
  };
  const transfers: EntryFunction[] = [];
  if (native > 0n) transfers.push(transfer("transfer", native, []));
  if (collateral > 0n) {
    const type = moveCollateralType(deployment.address);
    transfers.push(transfer("transfer_coins", collateral, [type]));
  }
  for (const fn of transfers) {
    await committed(node, await send(node, account, fn), deployment.address);
  }
}

const accountOf = (secret: Uint8Array): Ed25519Account =>
  new Ed25519Account({ privateKey: new Ed25519PrivateKey(secret) });

/** Signs and submits a call; resolves to the transaction's hash. */
async function send(
  node: MoveNode,
  account: Ed25519Account,
  fn: EntryFunction,
  options: { readonly gasMax?: number } = {},
): Promise<string> {
  const raw = await buildTransaction(node, account.accountAddress, fn, options);
  const transaction = new SimpleTransaction(raw);
  const senderAuthenticator = account.signTransactionWithAuthenticator(transaction);
  const bytes = generateSignedTransaction({ transaction, senderAuthenticator });
  const sent = await node.post<PendingTransactionResponse>(
    "transactions",
    MimeType.BCS_SIGNED_TRANSACTION,
    bytes,
  );
  return sent.hash;
}

/** Looks that a transaction gets, each of which the node holds for up to a second. */
const LOOKS_MAX = 60;

/** Resolves when the transaction has succeeded. Rejects with a ChainError. */
async function committed(node: MoveNode, hash: string, packageAddress: string): Promise<void> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const found = await node.find<TransactionResponse>(`transactions/wait_by_hash/${hash}`);
    if (found === undefined || isPendingTransactionResponse(found)) continue;
    if (found.success) return;
    throw withMarketError(new ChainError(node.chain, "refused", found.vm_status), packageAddress);
  }
  throw new ChainError(node.chain, "unreachable", `${hash} is not included after ${LOOKS_MAX} s`);
}

/** BCS of a `0x1::code::PackageMetadata`: compatible upgrades, no sources, over Aptos's framework. */
function packageMetadata(modules: readonly string[]): Uint8Array {
  const writer = new Serializer();
  const empty = new Uint8Array();
  writer.serializeStr(PACKAGE);
  writer.serializeU8(1);
  writer.serializeU64(0);
  writer.serializeStr("");
  writer.serializeBytes(empty);
  writer.serializeU32AsUleb128(modules.length);
  for (const name of modules) {
    writer.serializeStr(name);
    writer.serializeBytes(empty);
    writer.serializeBytes(empty);
    writer.serializeU32AsUleb128(0);
  }
  writer.serializeU32AsUleb128(1);
  AccountAddress.ONE.serialize(writer);
  writer.serializeStr("AptosFramework");
  writer.serializeU32AsUleb128(0);
  return writer.toUint8Array();
}

/** BCS of a `vector<u8>`. */
function bytesOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const writer = new Serializer();
  writer.serializeBytes(bytes);
  return writer.toUint8Array().slice();
}

/** BCS of a `vector<vector<u8>>`. */
function listOf(list: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const writer = new Serializer();
  writer.serializeU32AsUleb128(list.length);
  for (const bytes of list) writer.serializeBytes(bytes);
  return writer.toUint8Array().slice();
}
