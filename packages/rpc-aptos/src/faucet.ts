import { ByteWriter, concatBytes, encodeHex } from "@dragoman/bytes";
import { publicKeyEd25519, signEd25519 } from "@dragoman/crypto";
import { parseAddress } from "@dragoman/frontend-move";
import {
  authenticationKey,
  FRAMEWORK_ADDRESS,
  type MoveLedger,
  signingMessage,
  writeEd25519Authenticator,
} from "@dragoman/ledger-move";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import { jsonObject, parseInput, type RouteRequest, type Routes } from "./router.ts";

/** Address of the account that a secret of 32 bytes signs for. */
export const faucetAddress = (secret: Uint8Array): Uint8Array =>
  authenticationKey({
    scheme: "ed25519",
    publicKey: publicKeyEd25519(secret),
    signature: new Uint8Array(64),
  });

const EXPIRES_SECONDS = 600;
const MAX_GAS = 10_000n;
/** Octas of a request that names no amount, as Aptos's faucet gives them. */
const AMOUNT_DEFAULT = 100_000_000n;

/** The faucet: transfers that its own account signs. At the root and under /v1, so that it may share the node's port. */
export function faucetRoutes(context: AptosContext): Routes {
  const { faucetSecret } = context;
  if (faucetSecret === undefined) return {};
  const fund = (request: RouteRequest, form: "object" | "list") => {
    const { address, amount } = fundRequest(request);
    const bytes = signedTransfer(context.ledger, faucetSecret, address, amount);
    const hash = encodeHex(context.producer.submit(bytes)).slice(2);
    return { json: form === "list" ? [hash] : { txn_hashes: [hash] } };
  };
  return {
    "POST /fund": (request) => fund(request, "object"),
    "POST /v1/fund": (request) => fund(request, "object"),
    "POST /mint": (request) => fund(request, "list"),
    "POST /v1/mint": (request) => fund(request, "list"),
  };
}

/** From the JSON body, or from the query as the older interface has it. */
function fundRequest(request: RouteRequest): { address: Uint8Array; amount: bigint } {
  const fields =
    request.body.length > 0 ? jsonObject(request) : Object.fromEntries(request.query.entries());
  const address = fields.address ?? fields.auth_key;
  const { amount = String(AMOUNT_DEFAULT) } = fields;
  if (typeof address !== "string") throw new ApiError("invalid_input", "`address` is missing");
  if (!/^\d+$/.test(String(amount)) || BigInt(String(amount)) >= 1n << 64n) {
    throw new ApiError("invalid_input", `\`amount\` is no number of Octas: ${amount}`);
  }
  return {
    address: parseInput("address", () => parseAddress(address)),
    amount: BigInt(String(amount)),
  };
}

/** A signed `0x1::aptos_account::transfer`. */
function signedTransfer(
  ledger: MoveLedger,
  secret: Uint8Array,
  to: Uint8Array,
  octas: bigint,
): Uint8Array {
  const sender = faucetAddress(secret);
  const writer = new ByteWriter();
  const text = (value: string): void => {
    writer.uleb128(value.length);
    writer.bytes(new TextEncoder().encode(value));
  };
  writer.bytes(sender);
  writer.u64(ledger.nextPendingNumber(sender));
  writer.u8(2); // EntryFunction
  writer.bytes(FRAMEWORK_ADDRESS);
  text("aptos_account");
  text("transfer");
  writer.uleb128(0);
  writer.uleb128(2);
  writer.uleb128(32);
  writer.bytes(to);
  writer.uleb128(8);
  writer.u64(octas);
  writer.u64(MAX_GAS);
  writer.u64(100n);
  writer.u64(BigInt(ledger.now + EXPIRES_SECONDS));
  writer.u8(ledger.chainId);
  const raw = writer.finish();
  const signature = signEd25519(signingMessage(raw), secret);
  return concatBytes(raw, writeEd25519Authenticator(publicKeyEd25519(secret), signature));
}
