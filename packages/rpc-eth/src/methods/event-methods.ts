import { encodeHex } from "@dragoman/bytes";
import type { EvmLedger } from "@dragoman/ledger-evm";
import {
  type RpcConnection,
  RpcError,
  type RpcMethod,
  refuseParams,
  Subscriptions,
} from "@dragoman/rpc-server";
import { FilterTable } from "../filter-table.ts";
import { findLogs, matchingLogs, readLogFilter } from "../log-filter.ts";
import { SERVER_ERROR } from "../read-params.ts";
import { headerView, quantity, transactionView } from "../views.ts";

/** Logs, filters and subscriptions. */
export function eventMethods(ledger: EvmLedger): Record<string, RpcMethod> {
  const filters = new FilterTable(ledger);
  const subscriptions = new Subscriptions();
  return {
    eth_getLogs: ([query]) => findLogs(ledger, query),
    eth_newFilter: ([query]) => filters.openLogs(query),
    eth_newBlockFilter: () => filters.openBlocks(),
    eth_newPendingTransactionFilter: () => filters.openPending(),
    eth_getFilterChanges: ([id]) => filters.changes(id),
    eth_getFilterLogs: ([id]) => filters.logs(id),
    eth_uninstallFilter: ([id]) => filters.close(id),
    eth_subscribe: ([topic, option], connection) => {
      if (!connection.canNotify) {
        throw new RpcError(SERVER_ERROR, "notifications not supported");
      }
      const start = subscriptionOf(ledger, topic, option);
      const id = subscriptions.open(connection, (number) =>
        start((result) => send(connection, number, result)),
      );
      return quantity(id);
    },
    eth_unsubscribe: ([id], connection) => {
      const number = typeof id === "string" ? Number(id) : Number.NaN;
      return subscriptions.close(connection, number) || refuseParams("subscription not found");
    },
  };
}

const send = (connection: RpcConnection, id: number, result: unknown): void =>
  connection.notify("eth_subscription", { subscription: quantity(id), result });

type Start = (send: (result: unknown) => void) => () => void;

function subscriptionOf(ledger: EvmLedger, topic: unknown, option: unknown): Start {
  const { blocks } = ledger;
  switch (topic) {
    case "newHeads":
      return (send) =>
        blocks.subscribe((event) => {
          if (event.kind === "block") send(headerView(event.block));
        });
    case "logs": {
      const filter = readLogFilter(option);
      return (send) =>
        blocks.subscribe((event) => {
          const isUndone = event.kind === "reorg";
          for (const block of isUndone ? event.removed : [event.block]) {
            for (const log of matchingLogs(block, filter, isUndone)) send(log);
          }
        });
    }
    case "newPendingTransactions":
      return (send) =>
        ledger.onPending((tx) =>
          send(option === true ? transactionView(tx, undefined) : encodeHex(tx.hash)),
        );
    default:
      return refuseParams(`no "${String(topic)}" subscription in eth namespace`);
  }
}
