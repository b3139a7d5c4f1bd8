import {
  AccountAddress,
  AccountAuthenticatorNoAccountAuthenticator,
  MimeType,
  SignedTransaction,
  TransactionAuthenticatorSingleSender,
  type UserTransactionResponse,
} from "@aptos-labs/ts-sdk";
import { ChainError, type SimulatedAction } from "@dragoman/chain";
import { type MoveCall, moveMarketError } from "@dragoman/protocol";
import { buildTransaction, entryFunction, sequenceNumbers } from "./entry-function.ts";
import { marketEvents } from "./market-events.ts";
import type { MoveNode } from "./move-node.ts";

/** Runs a call of the market on the node's state, with the gas that the sender can pay. Nothing changes. */
export async function simulateCall(
  node: MoveNode,
  packageAddress: string,
  call: MoveCall,
  sender: string,
): Promise<SimulatedAction> {
  const fn = entryFunction(packageAddress, "market", call);
  const { included } = await sequenceNumbers(node, sender);
  const raw = await buildTransaction(node, AccountAddress.from(sender), fn, { number: included });
  const nobody = new AccountAuthenticatorNoAccountAuthenticator();
  const unsigned = new SignedTransaction(raw, new TransactionAuthenticatorSingleSender(nobody));
  const [result] = await node.post<UserTransactionResponse[]>(
    "transactions/simulate",
    MimeType.BCS_SIGNED_TRANSACTION,
    unsigned.bcsToBytes(),
    { estimate_max_gas_amount: true },
  );
  if (result === undefined) {
    throw new ChainError(node.chain, "unanswerable", "the node simulated nothing");
  }
  if (result.success) return { ok: true, events: marketEvents(result.events, packageAddress) };
  const reason = result.vm_status;
  const marketError = moveMarketError(reason, packageAddress);
  return marketError === undefined ? { ok: false, reason } : { ok: false, reason, marketError };
}
