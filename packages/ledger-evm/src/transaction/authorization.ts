import { concatBytes } from "@dragoman/bytes";
import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { isDelegation, REFUND_COUNTER, type World } from "@dragoman/frontend-evm";
import { integerBytes, rlpList, rlpString } from "../trie/rlp.ts";

/** By which an account has its code be that of another (EIP-7702). */
export interface Authorization {
  /** 0 = on any chain. */
  readonly chainId: bigint;
  /** Whose code it will be, 20 bytes; the zero address ends a delegation. */
  readonly address: Uint8Array;
  readonly nonce: bigint;
  readonly yParity: bigint;
  readonly r: bigint;
  readonly s: bigint;
}

/** Half of the order of secp256k1: a larger `s` is refused (EIP-2). */
export const S_MAX = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const MAGIC = Uint8Array.of(0x05);
const DELEGATION_PREFIX = Uint8Array.of(0xef, 0x01, 0x00);
const NONCE_MAX = (1n << 64n) - 1n;
/** Gas that each authorization pays beforehand. */
export const AUTHORIZATION_GAS = 25_000n;
/** What of it comes back if the account exists already. */
const EXISTING_REFUND = 12_500;

/** The account that signed; undefined if the signature is none. */
export function authorityOf(authorization: Authorization): Uint8Array | undefined {
  const { chainId, address, nonce, yParity, r, s } = authorization;
  if (yParity > 1n || s > S_MAX) return undefined;
  const fields = [integerBytes(chainId), address, integerBytes(nonce)];
  const digest = keccak256(concatBytes(MAGIC, rlpList(fields.map(rlpString))));
  const key = recoverSecp256k1(digest, r, s, Number(yParity));
  return key && keccak256(key).slice(12);
}

/** Delegates accounts as their owners signed it; an authorization that does not hold is passed over. */
export function applyAuthorizations(
  world: World,
  authorizations: readonly Authorization[],
  chainId: bigint,
): void {
  for (const authorization of authorizations) applyAuthorization(world, authorization, chainId);
}

function applyAuthorization(world: World, authorization: Authorization, chainId: bigint): void {
  const { address, nonce } = authorization;
  const isForUs = authorization.chainId === 0n || authorization.chainId === chainId;
  if (!isForUs || nonce >= NONCE_MAX) return;
  const authority = authorityOf(authorization);
  if (authority === undefined) return;
  const { journal } = world;
  const account = world.account(authority);
  world.warm(account);
  const code = world.code(account);
  if (code.length > 0 && !isDelegation(code)) return;
  if (journal.readWord(world.nonceCell(account)) !== nonce) return;
  if (!world.isEmpty(account)) {
    journal.setCounter(REFUND_COUNTER, journal.counter(REFUND_COUNTER) + EXISTING_REFUND);
  }
  const isEnd = address.every((byte) => byte === 0);
  journal.writeBytes(
    world.codeCell(account),
    isEnd ? undefined : concatBytes(DELEGATION_PREFIX, address),
  );
  journal.writeWord(world.nonceCell(account), nonce + 1n);
}
