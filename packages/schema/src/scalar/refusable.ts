import { FaultError } from "@dragoman/fault";
import type { ASTNode } from "graphql";
import { graphqlFault } from "./fault-error.ts";

/** Runs `read`; a fault of it becomes an error of GraphQL, at `node`. */
export function refusable<T>(read: () => T, node?: ASTNode): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof FaultError ? graphqlFault(error.fault, node) : error;
  }
}
