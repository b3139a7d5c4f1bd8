import { Repeater } from "graphql-yoga";
import type { HeardNotice, NoticeHub } from "./notice-hub.ts";

/** Notices that wait for a slow reader; when there are more, they become one that says that some were missed. */
const WAITING_MAX = 1000;

/**
 * Values that `read` finds whenever the index changes: it gets the notices since it was last called, and before all others one
 * undefined. Ends with the client or the hub.
 */
export const subscribe = <T>(
  hub: NoticeHub,
  read: (notices: readonly HeardNotice[]) => Promise<readonly T[]>,
): AsyncIterable<T> =>
  new Repeater<T>(async (push, stop) => {
    const waiting: HeardNotice[] = [undefined];
    let isStopped = false;
    let wake = (): void => undefined;
    const remove = hub.add(
      (notice) => {
        if (waiting.length >= WAITING_MAX) waiting.splice(0, waiting.length, undefined);
        else waiting.push(notice);
        wake();
      },
      () => stop(),
    );
    void stop.then(() => {
      isStopped = true;
      remove();
      wake();
    });
    while (!isStopped) {
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (isStopped) break;
      for (const value of await read(waiting.splice(0))) {
        if (!isStopped) await push(value);
      }
    }
  });
