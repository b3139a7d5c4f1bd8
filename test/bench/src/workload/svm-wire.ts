import { decodeBase58, encodeBase58 } from "@dragoman/bytes";
import { publicKeyEd25519, sha256, signEd25519 } from "@dragoman/crypto";
import { encodeMessage, encodeTransaction } from "@dragoman/ledger-svm";

/** An account that both sides begin with; addresses in base58. */
export interface WireAccount {
  readonly address: string;
  readonly owner: string;
  readonly lamports: bigint;
  readonly data: Uint8Array;
}

/** Transactions as they come over the network, which each side decodes and executes whole. */
export interface WireWorkload {
  readonly name: string;
  /** Sent in turns. The messages have the blockhash that a new litesvm and this class begin with; it is not looked at. */
  readonly wires: readonly [Uint8Array, ...Uint8Array[]];
  readonly accounts: readonly WireAccount[];
  readonly verifiesSignatures: boolean;
  /** Transactions in a row that are timed together. */
  readonly batch: number;
  /** Whether a batch may be given at once, to a side that has a method for it. */
  readonly isTogether: boolean;
}

/** What a transaction did. */
export interface WireAnswer {
  readonly isOk: boolean;
  readonly computeUnits: bigint;
  readonly logs: readonly string[];
  /** Lamports and data of the workload's accounts afterwards. */
  readonly accounts: readonly string[];
}

const TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
const SYSTEM = "11111111111111111111111111111111";
const BATCH = 20;
const SUPPLY = 1n << 60n;
const HOLDING_BYTES = 165;

const secret = (name: string): Uint8Array => sha256(new TextEncoder().encode(name));

/**
 * A token transfer by p-token and a transfer of lamports, each with signatures unchecked and checked, and transfers of more payers than a verifier
 * remembers keys.
 */
export const wireWorkloads = (): WireWorkload[] => [
  ...[false, true].flatMap((verifiesSignatures) => {
    const checked = verifiesSignatures ? "signature checked" : "signature not checked";
    return [
      { ...tokenTransfer(), name: `p-token transfer, ${checked}`, verifiesSignatures },
      { ...lamportTransfers(1), name: `transfer of lamports, ${checked}`, verifiesSignatures },
    ].map((workload) => ({ ...workload, isTogether: false }));
  }),
  {
    ...{ ...lamportTransfers(PAYERS), verifiesSignatures: true, isTogether: false },
    name: `transfers of lamports by ${PAYERS} payers, signatures checked`,
  },
  {
    ...{ ...lamportTransfers(1), verifiesSignatures: true, isTogether: true, batch: TOGETHER },
    name: `transfer of lamports, signatures checked on threads, ${TOGETHER} at once`,
  },
];

const PAYERS = 1000;
const TOGETHER = 200;

type Unnamed = Omit<WireWorkload, "name" | "verifiesSignatures" | "isTogether">;

const PAYER = publicKeyEd25519(secret("payer"));
const RICH: WireAccount = {
  ...{ address: encodeBase58(PAYER), owner: SYSTEM },
  ...{ lamports: 10n ** 15n, data: new Uint8Array(0) },
};

function tokenTransfer(): Unnamed {
  const holdings = ["from", "to"].map((name) => publicKeyEd25519(secret(name)));
  const accounts = holdings.map((key) => ({
    ...{ address: encodeBase58(key), owner: TOKEN, lamports: 2_039_280n },
    data: holdingData(),
  }));
  // Transfer {amount: 1}.
  const data = Uint8Array.of(3, 1, 0, 0, 0, 0, 0, 0, 0);
  return {
    wires: [signedWire([PAYER, ...holdings, decodeBase58(TOKEN)], [1, 2, 0], data)],
    ...{ accounts: [RICH, ...accounts], batch: BATCH },
  };
}

/** A holding of the payer's (solana-program/token `interface/src/state.rs`, Account). */
function holdingData(): Uint8Array {
  const data = new Uint8Array(HOLDING_BYTES);
  data.set(publicKeyEd25519(secret("mint")));
  data.set(PAYER, 32);
  new DataView(data.buffer).setBigUint64(64, SUPPLY, true);
  data[108] = 1;
  return data;
}

/** Transfers by so many payers, each to the same account. */
function lamportTransfers(payers: number): Unnamed {
  const to = publicKeyEd25519(secret("to"));
  const data = new Uint8Array(12);
  data.set([2, 0, 0, 0, 1]);
  const target = { ...RICH, address: encodeBase58(to) };
  const others = Array.from({ length: payers - 1 }, (_, index) => `payer ${index}`);
  const wireOf = (payer: string): Uint8Array => {
    const keys = [publicKeyEd25519(secret(payer)), to, decodeBase58(SYSTEM)];
    return signedWire(keys, [0, 1], data, payer);
  };
  const rich = others.map((payer) => {
    return { ...RICH, address: encodeBase58(publicKeyEd25519(secret(payer))) };
  });
  return {
    wires: [wireOf("payer"), ...others.map(wireOf)],
    ...{ accounts: [RICH, target, ...rich], batch: BATCH },
  };
}

/** A transaction of one instruction, whose program is the last key, which nobody writes. */
function signedWire(
  keys: readonly Uint8Array[],
  accounts: number[],
  data: Uint8Array,
  payer = "payer",
): Uint8Array {
  const message = encodeMessage({
    ...{ version: "legacy", requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 1 },
    ...{ keys, recentBlockhash: secret("genesis") },
    instructions: [{ program: keys.length - 1, accounts, data }],
  });
  return encodeTransaction([signEd25519(message, secret(payer))], message);
}
