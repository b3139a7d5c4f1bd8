/** Positions on Aptos with a ts-sdk account. */
export {};
