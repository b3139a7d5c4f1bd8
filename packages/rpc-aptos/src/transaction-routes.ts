import { decodeHex, encodeHex, equalBytes } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import {
  type CommittedTransaction,
  decodeTransaction,
  GAS_PARAMETERS,
  type MoveLedger,
  payerOf,
  readAptosBalance,
  type SignedTransaction,
  validationStatus,
  verifyAuthenticator,
} from "@dragoman/ledger-move";
import { ApiError } from "./api-error.ts";
import type { AptosContext } from "./aptos-context.ts";
import {
  contentType,
  parseNumber,
  queryNumber,
  type RouteAnswer,
  type RouteRequest,
  type Routes,
} from "./router.ts";
import { addressOf } from "./state-routes.ts";
import { committedJson, pendingJson, simulatedJson } from "./transaction-json.ts";

const SIGNED_BCS = "application/x.aptos.signed_transaction+bcs";
/** How long `wait_by_hash` waits, as nodes do. */
const WAIT_MS = 1_000;
const PAGE_MAX = 100;
const PAGE_DEFAULT = 25;

/** Submission, simulation, and transactions by hash, version and account. */
export function transactionRoutes({ ledger, producer }: AptosContext): Routes {
  return {
    "GET /v1/estimate_gas_price": () => {
      const price = Number(GAS_PARAMETERS.PRICE_MIN);
      return {
        json: {
          deprioritized_gas_estimate: price,
          gas_estimate: price,
          prioritized_gas_estimate: price,
        },
      };
    },
    "POST /v1/transactions": (request) => {
      const signed = decodeTransaction(signedBody(request));
      producer.submit(signed.bytes);
      return { json: pendingJson(ledger, signed), status: 202 };
    },
    "POST /v1/transactions/simulate": (request) => simulate(ledger, request),
    "GET /v1/transactions": (request) => {
      const limit = Math.min(queryNumber(request, "limit", PAGE_DEFAULT), PAGE_MAX);
      const end = ledger.transactions.length;
      const start = queryNumber(request, "start", Math.max(0, end - limit));
      const list = ledger.transactions.slice(start, start + limit);
      return { json: list.map((one) => committedJson(ledger, one)) };
    },
    "GET /v1/transactions/by_hash/:hash": (request) => byHash(ledger, hashOf(request)),
    "GET /v1/transactions/wait_by_hash/:hash": async (request) => {
      const hash = hashOf(request);
      if (ledger.transactions.find(hash) === undefined) await committed(ledger, hash);
      return byHash(ledger, hash);
    },
    "GET /v1/transactions/by_version/:version": (request) => {
      const version = parseNumber("version", request.params.version ?? "");
      const found = ledger.transactions.at(version);
      if (found === undefined) {
        const message = `Transaction not found by Ledger version(${version})`;
        throw new ApiError("transaction_not_found", message);
      }
      return { json: committedJson(ledger, found) };
    },
    "GET /v1/accounts/:address/transactions": (request) => {
      const sender = addressOf(request);
      const limit = Math.min(queryNumber(request, "limit", PAGE_DEFAULT), PAGE_MAX);
      const sent = ledger.transactions
        .slice(0, ledger.transactions.length)
        .filter((one) => one.kind === "user" && equalBytes(one.signed.sender, sender));
      const start = queryNumber(request, "start", Math.max(0, sent.length - limit));
      const list = sent.slice(start, start + limit);
      return { json: list.map((one) => committedJson(ledger, one)) };
    },
  };
}

/** The BCS of a signed transaction. Throws an ApiError for any other form. */
function signedBody(request: RouteRequest): Uint8Array {
  const type = contentType(request);
  if (type === SIGNED_BCS) return request.body;
  const message = `transactions are taken as ${SIGNED_BCS}, not as ${type || "nothing"}`;
  throw new ApiError("invalid_input", message);
}

function simulate(ledger: MoveLedger, request: RouteRequest): RouteAnswer {
  const sent = decodeTransaction(signedBody(request));
  if (verifyAuthenticator(sent.authenticator, sent.rawBytes)) {
    const message = "Simulated transactions must not have a valid signature";
    throw new ApiError("invalid_input", message);
  }
  const asked = (name: string): boolean => request.query.get(name) === "true";
  const isPriced = asked("estimate_gas_unit_price") || asked("estimate_prioritized_gas_unit_price");
  const signed: SignedTransaction = {
    ...sent,
    gasUnitPrice: isPriced ? GAS_PARAMETERS.PRICE_MIN : sent.gasUnitPrice,
  };
  const estimated = asked("estimate_max_gas_amount")
    ? { ...signed, maxGasAmount: affordable(ledger, signed) }
    : signed;
  try {
    const result = ledger.simulate(estimated);
    return { json: [simulatedJson(ledger, estimated, result)] };
  } catch (error) {
    const known = error instanceof FaultError ? validationStatus(error) : undefined;
    if (known === undefined) throw error;
    const refused = { gasUsed: 0n, changes: [], events: [] };
    const status = { kind: "miscellaneous", status: known.status } as const;
    return { json: [simulatedJson(ledger, estimated, { ...refused, status })] };
  }
}

/** Gas units that the payer's balance pays for, up to the most that a transaction may have. */
function affordable(ledger: MoveLedger, signed: SignedTransaction): bigint {
  const { gasUnitPrice } = signed;
  const most = GAS_PARAMETERS.MAX_GAS_UNITS;
  const balance = readAptosBalance(ledger.state, payerOf(signed));
  return balance >= most * gasUnitPrice ? most : balance / gasUnitPrice;
}

function hashOf({ params: { hash = "" } }: RouteRequest): Uint8Array {
  if (!/^(0x)?[0-9a-f]{64}$/i.test(hash)) {
    throw new ApiError("invalid_input", `${hash} is no transaction hash`);
  }
  return decodeHex(hash);
}

function byHash(ledger: MoveLedger, hash: Uint8Array): RouteAnswer {
  const done: CommittedTransaction | undefined = ledger.transactions.find(hash);
  if (done !== undefined) return { json: committedJson(ledger, done) };
  const waiting = ledger.pending(hash);
  if (waiting !== undefined) return { json: pendingJson(ledger, waiting) };
  const message = `Transaction not found by Transaction hash(${encodeHex(hash)})`;
  throw new ApiError("transaction_not_found", message);
}

/** Resolves when the transaction is committed, or when waiting has lasted long enough. */
function committed(ledger: MoveLedger, hash: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(end, WAIT_MS);
    const unsubscribe = ledger.blocks.subscribe(({ kind }) => {
      if (kind === "block" && ledger.transactions.find(hash) !== undefined) end();
    });
  });
}
