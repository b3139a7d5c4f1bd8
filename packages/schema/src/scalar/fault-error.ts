import type { Fault } from "@dragoman/fault";
import { type ASTNode, GraphQLError } from "graphql";

/**
 * A fault as clients see it: `extensions.code` is its name, `number` its number, `at` its place and `context` its facts, the last
 * two where there are any.
 */
export function graphqlFault(fault: Fault, nodes?: ASTNode): GraphQLError {
  const { code, name, at, context } = fault.toJSON();
  return new GraphQLError(fault.message, {
    ...(nodes === undefined ? {} : { nodes }),
    extensions: {
      code: name,
      number: code,
      ...(at === undefined ? {} : { at }),
      ...(context === undefined ? {} : { context }),
    },
  });
}
