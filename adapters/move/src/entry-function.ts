import {
  AccountAddress,
  ChainId,
  EntryFunction,
  type EntryFunctionArgument,
  Identifier,
  ModuleId,
  RawTransaction,
  Serializable,
  type Serializer,
  TransactionPayloadEntryFunction,
  type TypeTag,
} from "@aptos-labs/ts-sdk";
import type { MoveCall } from "@dragoman/protocol";
import type { MoveNode } from "./move-node.ts";

/** An argument that is BCS already. */
class EncodedArgument extends Serializable implements EntryFunctionArgument {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
  }

  serialize(serializer: Serializer): void {
    serializer.serializeFixedBytes(this.#bytes);
  }

  serializeForEntryFunction(serializer: Serializer): void {
    serializer.serializeBytes(this.#bytes);
  }
}

/** A call of `<address>::<module>`. */
export const entryFunction = (
  address: string,
  module: string,
  { function: name, args }: MoveCall,
  types: TypeTag[] = [],
): EntryFunction =>
  new EntryFunction(
    new ModuleId(AccountAddress.from(address), new Identifier(module)),
    new Identifier(name),
    types,
    args.map((bytes) => new EncodedArgument(bytes)),
  );

/** Seconds that a transaction may wait for its block. */
const VALIDITY_SECONDS = 300;
/** Gas units: more than any action of the market uses. */
export const ACTION_GAS_MAX = 20_000;

/** Number of the sender's next transaction: of included ones, and of those too that wait at a node that says so. */
export async function sequenceNumbers(
  node: MoveNode,
  sender: string,
): Promise<{ readonly included: bigint; readonly pending: bigint }> {
  const [account, waiting] = await Promise.all([
    node.get<{ sequence_number: string }>(`accounts/${sender}`),
    node.find<{ sequence_number: string }>(`dragoman/next_sequence_number/${sender}`),
  ]);
  const included = BigInt(account.sequence_number);
  const pending = BigInt(waiting?.sequence_number ?? included);
  return { included, pending: pending > included ? pending : included };
}

/** A transaction that calls `fn`. Without `number`, the sender's next one. */
export async function buildTransaction(
  node: MoveNode,
  sender: AccountAddress,
  fn: EntryFunction,
  options: { readonly number?: bigint; readonly gasMax?: number } = {},
): Promise<RawTransaction> {
  const [info, price, next] = await Promise.all([
    node.info(),
    node.get<{ gas_estimate: number }>("estimate_gas_price"),
    options.number ?? sequenceNumbers(node, sender.toString()).then(({ pending }) => pending),
  ]);
  return new RawTransaction(
    sender,
    next,
    new TransactionPayloadEntryFunction(fn),
    BigInt(options.gasMax ?? ACTION_GAS_MAX),
    BigInt(price.gas_estimate),
    BigInt(info.ledger_timestamp) / 1_000_000n + BigInt(VALIDITY_SECONDS),
    new ChainId(info.chain_id),
  );
}
