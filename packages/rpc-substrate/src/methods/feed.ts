import type { RpcMethod, Subscriptions } from "@dragoman/rpc-server";
import { refuseParams } from "@dragoman/rpc-server";

/** Starts to send; the result ends it. */
export type StartFeed = (send: (result: unknown) => void, params: readonly unknown[]) => () => void;

/**
 * The two methods of a subscription. `event` is the method of its notifications, of which the first comes after the answer that gives the
 * subscription's number.
 */
export function feed(
  subscriptions: Subscriptions,
  names: { readonly open: string; readonly close: string; readonly event: string },
  start: StartFeed,
): [string, RpcMethod][] {
  return [
    [
      names.open,
      (params, connection) => {
        if (!connection.canNotify) {
          return refuseParams("Subscriptions are not available on this transport");
        }
        return subscriptions.open(connection, (subscription) => {
          let waiting: unknown[] | undefined = [];
          const notify = (result: unknown): void =>
            connection.notify(names.event, { subscription, result });
          const end = start((result) => {
            if (waiting === undefined) notify(result);
            else waiting.push(result);
          }, params);
          setImmediate(() => {
            const first = waiting ?? [];
            waiting = undefined;
            for (const result of first) notify(result);
          });
          return end;
        });
      },
    ],
    [names.close, ([id], connection) => subscriptions.close(connection, Number(id))],
  ];
}
