import { Elements, type WithElements } from "../natives/elements.ts";
import { Globals, type WithGlobals } from "../natives/global-storage.ts";
import type { WithPrinter } from "../natives/string-format.ts";
import type { TransactionFacts, WithTransaction } from "../natives/transaction-context.ts";
import type { MoveMessage } from "./message.ts";

/** What the natives of one Move frame share; begun anew whenever the frame is. */
export class MoveContext implements WithGlobals, WithElements, WithTransaction, WithPrinter {
  readonly message: MoveMessage;
  readonly globals = new Globals();
  readonly algebra = new Elements();
  readonly points = new Elements();
  readonly transaction: TransactionFacts | undefined;
  readonly print: ((text: string) => void) | undefined;
  uniqueAddresses = 0;
  counter = 0;

  constructor(message: MoveMessage) {
    this.message = message;
    this.transaction = message.transaction;
    this.print = message.print;
  }

  /** Forgets everything: the frame begins. */
  clear(): void {
    this.globals.clear();
    this.algebra.clear();
    this.points.clear();
    this.uniqueAddresses = 0;
    this.counter = 0;
  }
}
