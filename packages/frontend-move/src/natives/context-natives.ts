// tidy: table
import * as aggregator from "./aggregator.ts";
import { type NativeRow, ofType, plain } from "./native.ts";
import * as context from "./transaction-context.ts";

const AGGREGATOR = "0x1::aggregator_v2::Aggregator<T0>";
const SNAPSHOT = "0x1::aggregator_v2::AggregatorSnapshot<T0>";
const OPTION = "0x1::option::Option";
const CONTEXT = "0x1::transaction_context";

/** What a transaction is told of itself, and counters. */
export const CONTEXT_NATIVES: readonly NativeRow[] = [
  ["transaction_context::get_txn_hash", "(): vector<u8>", plain(context.transactionHash)],
  ["transaction_context::get_script_hash", "(): vector<u8>", plain(context.scriptHash)],
  ["transaction_context::generate_unique_address", "(): address", plain(context.uniqueAddress)],
  ["transaction_context::sender_internal", "(): address", plain(context.sender)],
  [
    "transaction_context::secondary_signers_internal",
    "(): vector<address>",
    { host: (_types, _parameters, [result]) => context.secondarySigners(result) },
  ],
  ["transaction_context::gas_payer_internal", "(): address", plain(context.gasPayer)],
  ["transaction_context::max_gas_amount_internal", "(): u64", plain(context.maxGasAmount)],
  ["transaction_context::gas_unit_price_internal", "(): u64", plain(context.gasUnitPrice)],
  ["transaction_context::chain_id_internal", "(): u8", plain(context.chainId)],
  [
    "transaction_context::entry_function_payload_internal",
    `(): ${OPTION}<${CONTEXT}::EntryFunctionPayload>`,
    { host: (_types, _parameters, [result]) => context.entryFunctionPayload(result) },
  ],
  [
    "transaction_context::multisig_payload_internal",
    `(): ${OPTION}<${CONTEXT}::MultisigPayload>`,
    { host: (_types, _parameters, [result]) => context.multisigPayload(result) },
  ],
  ["transaction_context::is_encrypted_txn_internal", "(): bool", plain(context.never)],
  ["transaction_context::is_orderless_txn_internal", "(): bool", plain(context.never)],
  ["transaction_context::is_multisig_payload_txn_internal", "(): bool", plain(context.never)],
  [
    "transaction_context::monotonically_increasing_counter_internal",
    "(u64): u128",
    plain(context.increasingCounter),
  ],
  ["aggregator_v2::create_aggregator", `(T0): ${AGGREGATOR}`, ofType(aggregator.createAggregator)],
  [
    "aggregator_v2::create_unbounded_aggregator",
    `(): ${AGGREGATOR}`,
    ofType(aggregator.createUnbounded),
  ],
  ["aggregator_v2::try_add", `(&mut ${AGGREGATOR}, T0): bool`, ofType(aggregator.tryAdd)],
  ["aggregator_v2::try_sub", `(&mut ${AGGREGATOR}, T0): bool`, ofType(aggregator.trySub)],
  ["aggregator_v2::is_at_least_impl", `(&${AGGREGATOR}, T0): bool`, ofType(aggregator.isAtLeast)],
  ["aggregator_v2::read", `(&${AGGREGATOR}): T0`, ofType(aggregator.readNumber)],
  ["aggregator_v2::snapshot", `(&${AGGREGATOR}): ${SNAPSHOT}`, ofType(aggregator.snapshot)],
  ["aggregator_v2::create_snapshot", `(T0): ${SNAPSHOT}`, ofType(aggregator.createSnapshot)],
  ["aggregator_v2::read_snapshot", `(&${SNAPSHOT}): T0`, ofType(aggregator.readNumber)],
];
