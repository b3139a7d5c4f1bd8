/** An Aptos chain through ts-sdk. */
export {};
