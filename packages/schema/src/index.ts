/** The GraphQL schema and its resolver types. */
export type * from "./generated/resolvers.ts";
export type * from "./model.ts";
export { BigIntScalar } from "./scalar/big-int.ts";
export { BytesScalar } from "./scalar/bytes.ts";
export { graphqlFault } from "./scalar/fault-error.ts";
export { JsonScalar } from "./scalar/json.ts";
export { SDL } from "./sdl.ts";
