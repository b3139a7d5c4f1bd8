import { encodeHex } from "@dragoman/bytes";
import type { MarketAction, UnsignedTransaction } from "@dragoman/chain";
import { encodeEvmAction, encodeTokenCall } from "@dragoman/protocol";
import type { SignerPayloadJSON } from "@polkadot/types/types";
import { accountOf, h160Of } from "./account-address.ts";
import { callContract } from "./contract-call.ts";
import type { PolkadotDeployment } from "./polkadot-deployment.ts";
import type { PolkadotNode } from "./polkadot-node.ts";

/** Blocks in which a built transaction can be included. */
const PERIOD = 256;
/** Weight of a call that cannot be run beforehand. */
const WEIGHT_DEFAULT = { refTime: 60_000_000_000n, proofSize: 1_000_000n };
const DEPOSIT_MAX = 10n ** 15n;
const ALLOWANCE_MAX = (1n << 256n) - 1n;

interface CallWeight {
  readonly refTime: bigint;
  readonly proofSize: bigint;
}

/** Bytes of a call to a contract, in hex. */
export function contractCall(
  node: PolkadotNode,
  dest: string,
  data: Uint8Array,
  weight: CallWeight = WEIGHT_DEFAULT,
): string {
  const call = node.api.tx.revive!.call!;
  return call(dest, 0, weight, DEPOSIT_MAX, encodeHex(data)).method.toHex();
}

/** A call as a transaction that the sender has to sign, valid for 256 blocks after the newest final one. */
export async function unsignedCall(
  node: PolkadotNode,
  method: string,
  sender: string,
  nonce: number,
): Promise<UnsignedTransaction> {
  const { api, chain } = node;
  const { registry } = api;
  const birth = await node.refOf(await node.finalizedHash());
  const payload: SignerPayloadJSON = registry
    .createType("SignerPayload", {
      address: sender,
      blockHash: birth.hash,
      blockNumber: birth.height,
      era: registry.createType("ExtrinsicEra", { current: birth.height, period: PERIOD }),
      genesisHash: api.genesisHash,
      method,
      nonce,
      runtimeVersion: api.runtimeVersion,
      signedExtensions: registry.signedExtensions,
      tip: 0,
      version: api.extrinsicVersion,
    })
    .toPayload();
  return {
    chain,
    encoding: "substrate-json",
    payload: JSON.stringify(payload),
    nonce: BigInt(nonce),
    // The block of the era's birth is there already, so a last block is one less than a period behind it.
    validUntil: { height: birth.height + PERIOD - 1 },
  };
}

/** The transactions of an action: first, where they are missing, the account's mapping and the market's allowance. */
export async function buildPolkadot(
  node: PolkadotNode,
  { market, token }: PolkadotDeployment,
  action: MarketAction,
  sender: string,
  options: { readonly nonce?: bigint },
): Promise<readonly UnsignedTransaction[]> {
  const origin = accountOf(sender);
  const at = await node.headHash();
  const [isMapped, isAllowed, next] = await Promise.all([
    node.isMapped(origin, at),
    marketMayTake(node, { market, token }, action, { origin, at }),
    options.nonce ?? node.ask<number>("system_accountNextIndex", sender),
  ]);
  const calls: string[] = [];
  if (!isMapped) calls.push(node.api.tx.revive!.mapAccount!().method.toHex());
  if (!isAllowed) {
    calls.push(contractCall(node, token, encodeTokenCall("approve", [market, ALLOWANCE_MAX])));
  }
  const data = encodeEvmAction(action);
  // What comes after another transaction cannot be run before that one is included.
  const weight =
    calls.length === 0 ? await weightOf(node, { origin, dest: market, data, at }) : undefined;
  calls.push(contractCall(node, market, data, weight));
  const built: UnsignedTransaction[] = [];
  for (const [i, call] of calls.entries()) {
    built.push(await unsignedCall(node, call, sender, Number(next) + i));
  }
  return built;
}

/** Weight with a fifth to spare; undefined if the action would fail now, which its simulation tells. */
async function weightOf(
  node: PolkadotNode,
  call: Parameters<typeof callContract>[1],
): Promise<CallWeight | undefined> {
  const answer = await callContract(node, call);
  if (!answer.ok) return undefined;
  return { refTime: (answer.refTime * 6n) / 5n, proofSize: (answer.proofSize * 6n) / 5n };
}

/** Whether the market may already take the tokens that the action needs. */
async function marketMayTake(
  node: PolkadotNode,
  { market, token }: PolkadotDeployment,
  action: MarketAction,
  { origin, at }: { readonly origin: Uint8Array; readonly at: string },
): Promise<boolean> {
  if (action.type !== "deposit" && action.type !== "fundPool") return true;
  const owner = encodeHex(h160Of(origin));
  const data = encodeTokenCall("allowance", [owner, market]);
  const answer = await callContract(node, { dest: token, data, at });
  return answer.ok && BigInt(encodeHex(answer.output)) >= action.amount;
}
