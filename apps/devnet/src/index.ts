/** Four chains with their native RPC and the market on each. */
export {};
