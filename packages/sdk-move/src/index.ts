/** Positions on Aptos with a ts-sdk account. */
export { createMarketAccount, type MoveMarketAccountOptions } from "./create-market-account.ts";
export { signerFromAccount, signerFromSecret } from "./move-signer.ts";
