/** Typed client of the GraphQL gateway, and accounts that act through it. */
export { ActionError } from "./action-error.ts";
export { GatewayClient, type GatewayClientOptions } from "./gateway-client.ts";
export { GatewayError } from "./gateway-error.ts";
export * from "./generated/operations.ts";
export { type IncludedAction, MarketAccount, type MarketAccountOptions } from "./market-account.ts";
