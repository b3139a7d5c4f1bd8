import {
  Account,
  type AccountAddress,
  ChainId,
  convertPayloadToInnerPayload,
  EntryFunction,
  type EntryFunctionArgumentTypes,
  generateSignedTransaction,
  RawTransaction,
  SimpleTransaction,
  TransactionPayloadEntryFunction,
  type TypeTag,
  U64,
} from "@aptos-labs/ts-sdk";
import { LedgerClock } from "@dragoman/ledger";
import { MoveLedger } from "../move-ledger.ts";

export const TEST_START = 1_800_000_000;
export const TEST_CHAIN = 4;

/** A chain whose faucet account signs, and whose clock stands until it is told. */
export function testChain(finalityDepth = 3) {
  let seconds = TEST_START;
  const clock = new LedgerClock(() => seconds * 1000);
  const faucet = Account.generate();
  const address = faucet.accountAddress.toUint8Array();
  const genesis = {
    chainId: TEST_CHAIN,
    timestamp: TEST_START,
    accounts: [{ address, octas: 10n ** 17n }],
  };
  const ledger = new MoveLedger({ clock, genesis, finalityDepth });
  return {
    ledger,
    faucet,
    genesis,
    clock,
    advance: (by: number) => {
      seconds += by;
    },
  };
}

export interface CallOptions {
  readonly number: number;
  readonly types?: TypeTag[];
  readonly chainId?: number;
  readonly expiration?: number;
  readonly gasPrice?: number;
  readonly maxGas?: number;
  /** Makes the transaction orderless. */
  readonly nonce?: bigint;
}

/** Bytes of an entry function call that ts-sdk builds and `sender` signs. */
export function signedCall(
  sender: Account,
  name: `${string}::${string}::${string}`,
  args: EntryFunctionArgumentTypes[],
  options: CallOptions,
): Uint8Array {
  const { number, types = [], chainId = TEST_CHAIN } = options;
  const [address, module, fn] = name.split("::") as [string, string, string];
  const payload = new TransactionPayloadEntryFunction(
    EntryFunction.build(`${address}::${module}`, fn, types, args),
  );
  const raw = new RawTransaction(
    sender.accountAddress,
    BigInt(number),
    options.nonce === undefined ? payload : convertPayloadToInnerPayload(payload, options.nonce),
    BigInt(options.maxGas ?? 100_000),
    BigInt(options.gasPrice ?? 100),
    BigInt(options.expiration ?? TEST_START + 600),
    new ChainId(chainId),
  );
  const transaction = new SimpleTransaction(raw);
  const senderAuthenticator = sender.signTransactionWithAuthenticator(transaction);
  return generateSignedTransaction({ transaction, senderAuthenticator });
}

/** A transfer of Octas. */
export const signedTransfer = (
  from: Account,
  to: AccountAddress,
  octas: bigint,
  options: CallOptions,
): Uint8Array => signedCall(from, "0x1::aptos_account::transfer", [to, new U64(octas)], options);
