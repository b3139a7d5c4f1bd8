import {
  BigIntScalar,
  BytesScalar,
  JsonScalar,
  type QueryResolvers,
  type Resolvers,
} from "@dragoman/schema";
import { VMS } from "@dragoman/vm";
import type { GatewayContext } from "../context.ts";
import { asksFor } from "./asks-for.ts";
import { chainResolvers } from "./chain.ts";
import { programResolvers } from "./program.ts";
import { cellResolvers, eventResolvers, stepResolvers } from "./step.ts";

const simulate: NonNullable<QueryResolvers<GatewayContext>["simulate"]> = (
  _,
  { steps },
  { world },
  info,
) => world.simulate(steps, asksFor(info, "trace"));

/** Everything that the schema needs to run. */
export const resolvers: Resolvers<GatewayContext> = {
  Bytes: BytesScalar,
  BigInt: BigIntScalar,
  JSON: JsonScalar,
  VM: { EVM: "evm", SVM: "svm", MOVE: "move" },
  Query: {
    chains: () => VMS.map((vm) => ({ vm })),
    program: (_, { id }, { world }) => world.program(id),
    simulate,
  },
  Mutation: {
    deploy: (_, { vm, code, at, construct }, { world }) =>
      world.deploy({ vm, code, at: at ?? undefined, construct }),
    simulate,
  },
  Chain: chainResolvers,
  Program: programResolvers,
  Step: stepResolvers,
  Event: eventResolvers,
  Cell: cellResolvers,
};
