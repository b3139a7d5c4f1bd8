/** Four chains, their nodes, the market deployed on each. */
export {};
