/** Typed client of the GraphQL gateway. */
export {};
