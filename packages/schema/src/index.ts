/** The GraphQL schema and its resolver types. */
export {};
