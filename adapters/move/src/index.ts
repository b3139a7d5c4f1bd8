/** Aptos chains through its SDK. */
export {};
