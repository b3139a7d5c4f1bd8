/** Typed client of the gateway. */
export {};
