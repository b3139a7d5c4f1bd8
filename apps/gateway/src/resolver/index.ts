import {
  AccountIdScalar,
  BigIntScalar,
  BytesScalar,
  DateTimeScalar,
  DecimalScalar,
  JsonScalar,
  type QueryResolvers,
  type Resolvers,
} from "@dragoman/schema";
import { VMS } from "@dragoman/vm";
import type { GatewayContext } from "../context.ts";
import {
  accountQueries,
  accountResolvers,
  portfolioResolvers,
  positionResolvers,
} from "./account.ts";
import { asksFor } from "./asks-for.ts";
import { amountResolvers, blockResolvers, chainResolvers } from "./chain.ts";
import { historyQueries } from "./history.ts";
import { machineResolvers } from "./machine.ts";
import { instrumentResolvers, marketQueries, marketResolvers } from "./market.ts";
import { node } from "./node.ts";
import { programResolvers } from "./program.ts";
import { cellResolvers, eventResolvers, stepResolvers } from "./step.ts";
import { subscriptionResolvers } from "./subscription.ts";
import { transactionMutations, transactionQueries } from "./transaction.ts";

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
  Decimal: DecimalScalar,
  DateTime: DateTimeScalar,
  AccountId: AccountIdScalar,
  VM: { EVM: "evm", SVM: "svm", MOVE: "move" },
  Query: {
    machines: () => VMS.map((vm) => ({ vm })),
    program: (_, { id }, { world }) => world.program(id),
    simulate,
    node,
    ...marketQueries,
    ...accountQueries,
    ...historyQueries,
    ...transactionQueries,
  },
  Mutation: {
    deploy: (_, { vm, code, at, construct }, { world }) =>
      world.deploy({ vm, code, at: at ?? undefined, construct }),
    simulate,
    ...transactionMutations,
  },
  Machine: machineResolvers,
  Program: programResolvers,
  Step: stepResolvers,
  Event: eventResolvers,
  Cell: cellResolvers,
  Amount: amountResolvers,
  Block: blockResolvers,
  Chain: chainResolvers,
  Market: marketResolvers,
  Instrument: instrumentResolvers,
  MarginAccount: accountResolvers,
  Position: positionResolvers,
  Portfolio: portfolioResolvers,
  Subscription: subscriptionResolvers,
};
