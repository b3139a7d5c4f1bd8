import { encodeBase58, encodeHex, equalBytes } from "@dragoman/bytes";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import {
  type ExecutedTransaction,
  messageAccounts,
  type SolanaBlock,
  wallet,
} from "@dragoman/ledger-svm";
import {
  type RpcConnection,
  RpcError,
  type RpcMethod,
  refuseParams,
  Subscriptions,
} from "@dragoman/rpc-server";
import { accountFilter } from "./account-filter.ts";
import { blockOf, commitmentOf } from "./commitment.ts";
import { accountForm, encodeAccount } from "./encode-account.ts";
import { followBlocks, followHead } from "./follow-blocks.ts";
import type { SolanaNode } from "./node.ts";
import { address, type Config, config, list, signature } from "./params.ts";

/** Sends one notification of a subscription. */
type Send = (result: unknown) => void;
/** Begins to send and returns what ends it; `finish` ends the subscription itself. */
type Start = (send: Send, finish: () => void) => () => void;
/** Reads the parameters of a subscription. */
type Kind = (params: readonly unknown[]) => Start;

/** Code of Solana's nodes for subscriptions over HTTP (JSON-RPC: the method is not there). */
const NOT_OVER_HTTP = -32601;

const at = ({ height }: SolanaBlock, value: unknown): unknown => ({
  context: { slot: height },
  value,
});

/** Methods of subscriptions, over WebSocket: `account`, `program`, `logs`, `signature`, `slot`, `root`. */
export function subscriptionMethods(node: SolanaNode): Record<string, RpcMethod> {
  const subscriptions = new Subscriptions();
  const kinds: Record<string, Kind> = {
    account: ([key, options]) => accountKind(node, address(key), config(options)),
    program: ([key, options]) => programKind(node, address(key), config(options)),
    logs: ([filter, options]) => logsKind(node, filter, config(options)),
    signature: ([id, options]) => signatureKind(node, signature(id), config(options)),
    slot: () => slotKind(node),
    root: () => rootKind(node),
  };
  const methods: Record<string, RpcMethod> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    methods[`${name}Subscribe`] = (params, connection) =>
      open(subscriptions, connection, `${name}Notification`, kind(params));
    methods[`${name}Unsubscribe`] = ([id], connection) =>
      subscriptions.close(connection, id as number) || refuseParams("Invalid subscription id.");
  }
  return methods;
}

function open(
  subscriptions: Subscriptions,
  connection: RpcConnection,
  method: string,
  start: Start,
): number {
  if (!connection.canNotify) {
    throw new RpcError(NOT_OVER_HTTP, "Method not found: subscriptions need a WebSocket");
  }
  return subscriptions.open(connection, (subscription) => {
    const send: Send = (result) => connection.notify(method, { subscription, result });
    return start(send, () => subscriptions.close(connection, subscription));
  });
}

function accountKind({ ledger }: SolanaNode, key: Uint8Array, options: Config): Start {
  const commitment = commitmentOf(options);
  const form = accountForm(options);
  return (send) => {
    let last = ledger.account(key, blockOf(ledger, commitment).height);
    return followHead(ledger, commitment, (block) => {
      const read = ledger.reader(block.height);
      const account = read(key);
      if (sameAccount(account, last)) return;
      last = account;
      // An account that is gone is shown as an empty one.
      send(at(block, encodeAccount(account ?? wallet(0n), form, read)));
    });
  };
}

function sameAccount(a: SvmAccount | undefined, b: SvmAccount | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const hasSameHead =
    a.lamports === b.lamports && a.executable === b.executable && equalBytes(a.owner, b.owner);
  return hasSameHead && (a.data === b.data || equalBytes(a.data, b.data));
}

function programKind({ ledger }: SolanaNode, program: Uint8Array, options: Config): Start {
  const commitment = commitmentOf(options);
  const form = accountForm(options);
  const matches = accountFilter(options.filters);
  return (send) =>
    followBlocks(ledger, commitment, (block) => {
      const read = ledger.reader(block.height);
      for (const key of writtenKeys(block)) {
        const account = read(key);
        if (account === undefined || !equalBytes(account.owner, program)) continue;
        if (!matches(account.data)) continue;
        const value = { pubkey: encodeBase58(key), account: encodeAccount(account, form, read) };
        send(at(block, value));
      }
    });
}

/** Keys that successful transactions of a block could write, each once. */
function writtenKeys({ transactions }: SolanaBlock): Iterable<Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  for (const { message, error } of transactions) {
    if (error !== undefined) continue;
    for (const { key, isWritable } of messageAccounts(message)) {
      if (isWritable) keys.set(encodeHex(key), key);
    }
  }
  return keys.values();
}

function logsKind({ ledger }: SolanaNode, filter: unknown, options: Config): Start {
  const commitment = commitmentOf(options);
  const matches = logsFilter(filter);
  return (send) =>
    followBlocks(ledger, commitment, (block) => {
      for (const executed of block.transactions) {
        if (!matches(executed)) continue;
        const { transaction, error, logs } = executed;
        const id = encodeBase58(transaction.signatures[0]!);
        send(at(block, { signature: id, err: error ?? null, logs }));
      }
    });
}

function logsFilter(filter: unknown): (executed: ExecutedTransaction) => boolean {
  if (filter === "all" || filter === "allWithVotes") return () => true;
  const { mentions } = config(filter);
  const [key] = list(mentions, 1).map(address);
  if (key === undefined) return refuseParams("Invalid Request: Only 1 address supported");
  return ({ message }) => message.keys.some((one) => equalBytes(one, key));
}

/** Tells once that a transaction has reached a commitment, also if it has already. */
function signatureKind({ ledger }: SolanaNode, id: Uint8Array, options: Config): Start {
  const commitment = commitmentOf(options);
  return (send, finish) => {
    const tell = (): void => {
      const placed = ledger.find(id);
      const block = blockOf(ledger, commitment);
      if (placed === undefined || placed.block.height > block.height) return;
      send(at(block, { err: placed.executed.error ?? null }));
      finish();
    };
    // Not before the client knows the subscription's number.
    const first = setImmediate(tell);
    const end = ledger.blocks.subscribe(tell);
    return () => {
      clearImmediate(first);
      end();
    };
  };
}

function slotKind({ ledger: { blocks } }: SolanaNode): Start {
  return (send) =>
    blocks.subscribe((event) => {
      if (event.kind !== "block") return;
      const { height: slot, parentHash } = event.block;
      const parent = blocks.find(parentHash)?.height ?? 0;
      send({ slot, parent, root: blocks.finalized.height });
    });
}

function rootKind({ ledger }: SolanaNode): Start {
  return (send) => followBlocks(ledger, "finalized", ({ height }) => send(height));
}
