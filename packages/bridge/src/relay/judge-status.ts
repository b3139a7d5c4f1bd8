import type { TransactionStatus } from "@dragoman/chain";
import type { LaneEnd } from "../transfer.ts";

/** What to do with a stored transaction. */
export type Verdict =
  | { readonly kind: "wait" }
  /** Send the same bytes. */
  | { readonly kind: "broadcast" }
  | {
      readonly kind: "close";
      readonly end: LaneEnd;
      readonly marketError: number | undefined;
      readonly reason: string;
    };

/** Only what is final ends a transaction: everything else may be undone. */
export function judgeStatus(status: TransactionStatus): Verdict {
  switch (status.state) {
    case "unknown":
      return { kind: "broadcast" };
    case "pending":
      return { kind: "wait" };
    case "expired":
      return { kind: "close", end: "expired", marketError: undefined, reason: status.reason };
    case "included":
      return status.finality === "FINAL"
        ? { kind: "close", end: "included", marketError: undefined, reason: "" }
        : { kind: "wait" };
    case "failed": {
      const { finality, marketError, reason } = status;
      return finality === "FINAL"
        ? { kind: "close", end: "failed", marketError, reason }
        : { kind: "wait" };
    }
  }
}
