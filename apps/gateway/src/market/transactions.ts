import {
  type ChainAdapter,
  ChainError,
  type MarketAction,
  type SignedTransaction,
  type TransactionStatus as StatusModel,
  type TransactionEncoding,
  type UnsignedTransaction as UnsignedModel,
  type ValidUntil,
} from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import type {
  AccountId,
  TransactionEncoding as EncodingName,
  PreparedAction,
  SentTransaction,
  SentTransactionInput,
  UnsignedTransaction,
  UnsignedTransactionInput,
  ValidUntilInput,
} from "@dragoman/schema";

const NAME_OF: Record<TransactionEncoding, EncodingName> = {
  "evm-json": "EVM_JSON",
  "solana-message": "SOLANA_MESSAGE",
  "aptos-bcs": "APTOS_BCS",
  "substrate-json": "SUBSTRATE_JSON",
};
const ENCODING_OF = Object.fromEntries(
  Object.entries(NAME_OF).map(([encoding, name]) => [name, encoding]),
) as Record<EncodingName, TransactionEncoding>;

/** Builds the transactions of an action and tries the action out, if nothing must come before it. */
export async function prepareAction(
  adapter: ChainAdapter,
  sender: string,
  action: MarketAction,
): Promise<PreparedAction> {
  const transactions = await adapter.build(action, sender);
  const simulated = transactions.length === 1 ? await adapter.simulate(action, sender) : undefined;
  return {
    transactions: transactions.map(unsignedFor),
    simulation:
      simulated === undefined
        ? null
        : simulated.ok
          ? { ok: true, marketError: null, reason: null }
          : { ok: false, marketError: simulated.marketError ?? null, reason: simulated.reason },
  };
}

/** Joins and sends. Faults: INVALID_ARGUMENT if transaction and sender are of different chains. */
export async function submitSigned(
  adapter: ChainAdapter,
  input: UnsignedTransactionInput,
  sender: AccountId,
  signature: Uint8Array,
): Promise<SentTransaction> {
  if (input.chain !== sender.chain) {
    const why = `the transaction is for ${input.chain}, the sender is on ${sender.chain}`;
    refuse("INVALID_ARGUMENT", undefined, why);
  }
  const signed = adapter.join(unsignedOf(input), signature, sender.address);
  await adapter.submit(signed);
  return {
    chain: signed.chain,
    id: signed.id,
    sender: signed.sender,
    nonce: signed.nonce ?? null,
    validUntil: validUntilFor(signed.validUntil),
  };
}

/** What has become of a transaction that was sent. */
export function statusOf(
  adapter: ChainAdapter,
  { chain, id, sender, nonce, validUntil }: SentTransactionInput,
): Promise<StatusModel> {
  const signed: SignedTransaction = {
    chain,
    id,
    sender,
    bytes: new Uint8Array(0),
    ...(nonce == null ? {} : { nonce }),
    ...validUntilOf(validUntil),
  };
  return adapter.status(signed);
}

function unsignedFor(transaction: UnsignedModel): UnsignedTransaction {
  const { chain, encoding, payload, nonce, validUntil } = transaction;
  return {
    chain,
    encoding: NAME_OF[encoding],
    payload,
    nonce: nonce ?? null,
    validUntil: validUntilFor(validUntil),
  };
}

function unsignedOf(input: UnsignedTransactionInput): UnsignedModel {
  const { chain, encoding, payload, nonce, validUntil } = input;
  return {
    chain,
    encoding: ENCODING_OF[encoding],
    payload,
    ...(nonce == null ? {} : { nonce }),
    ...validUntilOf(validUntil),
  };
}

const validUntilFor = (until: ValidUntil | undefined): SentTransaction["validUntil"] =>
  until === undefined
    ? null
    : "height" in until
      ? { height: until.height, timestamp: null }
      : { height: null, timestamp: BigInt(until.timestamp) };

function validUntilOf(input: ValidUntilInput | null | undefined): { validUntil?: ValidUntil } {
  if (input?.height != null) return { validUntil: { height: input.height } };
  if (input?.timestamp != null) return { validUntil: { timestamp: Number(input.timestamp) } };
  return {};
}

/** What a chain refused or could not answer, as a fault of the gateway; anything else is passed on. */
export function refuseChainError(error: unknown): never {
  if (!(error instanceof ChainError)) throw error;
  const { chain, kind, marketError } = error;
  const code = kind === "unreachable" ? "INVALID_CHAIN_CONNECTION" : "INVALID_CHAIN_REQUEST";
  return refuse(code, undefined, error.message, {
    chain,
    ...(marketError === undefined ? {} : { marketError }),
  });
}
