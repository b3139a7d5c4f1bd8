/** An action that was refused or did not come through. */
export class ActionError extends Error {
  override readonly name = "ActionError";
  /** Number of the market's error, if it was the market that refused (packages/protocol/SPEC.md, section 5). */
  readonly marketError: number | undefined;
  /** The transaction that failed, if one was included. */
  readonly transaction: string | undefined;

  constructor(message: string, marketError?: number, transaction?: string) {
    super(message);
    this.marketError = marketError;
    this.transaction = transaction;
  }
}
