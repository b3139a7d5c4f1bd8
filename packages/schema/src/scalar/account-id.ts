import { assert, refuse } from "@dragoman/fault";
import { GraphQLScalarType, Kind } from "graphql";
import { refusable } from "./refusable.ts";

/** An account by CAIP-10, taken apart. */
export interface AccountId {
  /** Chain by CAIP-2. */
  readonly chain: string;
  /** As the chain writes it. */
  readonly address: string;
}

/** CAIP-10: namespace, reference, address. */
const FORM = /^([-a-z0-9]{3,16}:[-_a-zA-Z0-9]{1,64}):([-.%a-zA-Z0-9]{1,128})$/;

/** `AccountId`: `namespace:reference:address`. Whether the address is one of its chain is for the adapter to say. Fault: INVALID_ARGUMENT. */
export const AccountIdScalar = new GraphQLScalarType<AccountId, string>({
  name: "AccountId",
  serialize(value) {
    const isAccount = typeof value === "object" && value !== null && "address" in value;
    assert(isAccount, "a resolver of AccountId gives chain and address");
    return formatAccountId(value as AccountId);
  },
  parseValue: (value) => refusable(() => parseAccountId(value)),
  parseLiteral: (node) =>
    refusable(() => parseAccountId(node.kind === Kind.STRING ? node.value : undefined), node),
});

export const formatAccountId = ({ chain, address }: AccountId): string => `${chain}:${address}`;

/** Reads `namespace:reference:address`. Fault: INVALID_ARGUMENT. */
export function parseAccountId(value: unknown): AccountId {
  const match = typeof value === "string" ? FORM.exec(value) : null;
  if (match === null) {
    const shown = JSON.stringify(value)?.slice(0, 80);
    refuse("INVALID_ARGUMENT", undefined, `${shown} is no account like "eip155:1337:0x…"`);
  }
  return { chain: match[1]!, address: match[2]! };
}
