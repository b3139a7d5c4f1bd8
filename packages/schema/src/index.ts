/** The GraphQL schema and its resolver types. */
export type * from "./generated/resolvers.ts";
export type * from "./market-model.ts";
export type * from "./model.ts";
export {
  type AccountId,
  AccountIdScalar,
  formatAccountId,
  parseAccountId,
} from "./scalar/account-id.ts";
export { BigIntScalar } from "./scalar/big-int.ts";
export { BytesScalar } from "./scalar/bytes.ts";
export { DateTimeScalar, formatDateTime } from "./scalar/date-time.ts";
export {
  type Decimal,
  DecimalScalar,
  formatDecimal,
  parseDecimal,
  scaleDecimal,
} from "./scalar/decimal.ts";
export { graphqlFault } from "./scalar/fault-error.ts";
export { JsonScalar } from "./scalar/json.ts";
export { SDL } from "./sdl.ts";
