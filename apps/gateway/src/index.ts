/** The GraphQL server. */
export {};
