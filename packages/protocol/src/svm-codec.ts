import { ByteWriter, decodeBase58, decodeHex } from "@dragoman/bytes";
import type { MarketAction, TradeAction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import type { AccountMeta, SvmInstruction } from "@dragoman/frontend-sbpf";
import { PACKET_BYTES } from "@dragoman/quant";
import {
  SVM_SYSTEM_PROGRAM,
  SVM_TOKEN_PROGRAM,
  type SvmDeployment,
  svmAccountAddress,
  svmMarketAddress,
  svmReceiptAddress,
  svmSentAddress,
  svmSettlementAddress,
  svmVaultAddress,
  svmWalletAddress,
} from "./svm-program.ts";

/** What an instruction needs to know of the market's state to name its accounts. */
export interface SvmActionContext {
  /** `settleOption`: expiry of the slot in the owner's account; 0 if the slot is free. */
  readonly expiry?: bigint;
  /** `exportPosition`: the market's next sequence. */
  readonly nextSequence?: bigint;
}

/** What a market is initialised with. */
export interface SvmInitialisation {
  /** The chain's number in packets. */
  readonly domain: number;
  /** Address that publishes prices, base58. */
  readonly publisher: string;
  /** Annual, Q32, 1 to 4·2^32. */
  readonly volatility: bigint;
  /** 20 bytes each; at most 16, in any order. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
}

/** Numbers of the instructions: packages/protocol/sbpf/market.c. */
const NUMBER = {
  initialise: 0,
  deposit: 1,
  withdraw: 2,
  fundPool: 3,
  publishPrice: 4,
  tradePerp: 5,
  tradeOption: 6,
  settleOption: 7,
  liquidate: 8,
  exportPosition: 9,
  importPacket: 10,
  refundPacket: 11,
  quotePerp: 12,
  quoteOption: 13,
} as const;

const U64 = 1n << 64n;

/** Data of an instruction; refuses what its fields cannot hold. */
class Data {
  readonly #out = new ByteWriter();

  constructor(name: keyof typeof NUMBER) {
    this.#out.u8(NUMBER[name]);
  }

  u8(value: number): this {
    return this.#checked(value, 0xff, () => this.#out.u8(value));
  }

  u32(value: number): this {
    return this.#checked(value, 0xffff_ffff, () => this.#out.u32(value));
  }

  #checked(value: number, max: number, write: () => void): this {
    if (!Number.isInteger(value) || value < 0 || value > max) {
      refuse("INVALID_MARKET_INPUT", undefined, `${value} is no integer from 0 to ${max}`);
    }
    write();
    return this;
  }

  u64(...values: readonly bigint[]): this {
    for (const value of values) {
      if (value < 0n || value >= U64) {
        refuse("INVALID_MARKET_INPUT", undefined, `${value} is no unsigned 64-bit integer`);
      }
      this.#out.u64(value);
    }
    return this;
  }

  flag(value: boolean): this {
    this.#out.u8(value ? 1 : 0);
    return this;
  }

  bytes(value: Uint8Array): this {
    this.#out.bytes(value);
    return this;
  }

  finish(): Uint8Array {
    return this.#out.finish();
  }
}

/** 32 bytes from 0x hex. */
function key(hex: string): Uint8Array {
  const bytes = decodeHex(hex);
  if (bytes.length !== 32) {
    refuse("INVALID_MARKET_INPUT", undefined, `an owner has 32 bytes, not ${bytes.length}`);
  }
  return bytes;
}

const meta = (address: string, isWritable: boolean, isSigner = false): AccountMeta => ({
  key: decodeBase58(address),
  isSigner,
  isWritable,
});

/** Accounts by their roles in sbpf/README.md. */
class Accounts {
  readonly #deployment: SvmDeployment;
  readonly #metas: AccountMeta[] = [];

  constructor(deployment: SvmDeployment, sender: string, isMarketWritable: boolean) {
    this.#deployment = deployment;
    this.#metas.push(
      meta(sender, true, true),
      meta(svmMarketAddress(deployment.programId), isMarketWritable),
    );
  }

  writable(...addresses: readonly string[]): this {
    for (const address of addresses) this.#metas.push(meta(address, true));
    return this;
  }

  account(owner: Uint8Array): this {
    return this.writable(svmAccountAddress(this.#deployment.programId, owner));
  }

  vault(): this {
    return this.writable(svmVaultAddress(this.#deployment.programId));
  }

  token(): this {
    this.#metas.push(meta(SVM_TOKEN_PROGRAM, false));
    return this;
  }

  system(): this {
    this.#metas.push(meta(SVM_SYSTEM_PROGRAM, false));
    return this;
  }

  instruction(data: Data): SvmInstruction {
    const programId = decodeBase58(this.#deployment.programId);
    return { programId, accounts: this.#metas, data: data.finish() };
  }
}

/**
 * The instruction with which `sender` (base58) does an action. `settleOption` needs `context.expiry`, `exportPosition` needs
 * `context.nextSequence`. Deposits, withdrawals and pool funding use the sender's associated token account.
 *
 * Faults: `INVALID_MARKET_INPUT`, a field that does not fit or a missing context; those of `decodeHex` and `decodeBase58`.
 */
export function svmInstruction(
  deployment: SvmDeployment,
  action: MarketAction,
  sender: string,
  context: SvmActionContext = {},
): SvmInstruction {
  const { programId, mint } = deployment;
  const own = decodeBase58(sender);
  const accounts = (isMarketWritable = true): Accounts =>
    new Accounts(deployment, sender, isMarketWritable);
  const data = new Data(action.type);
  switch (action.type) {
    case "deposit":
    case "withdraw": {
      const metas = accounts(false).account(own).writable(svmWalletAddress(sender, mint));
      metas.vault().token();
      if (action.type === "deposit") metas.system();
      return metas.instruction(data.u64(action.amount));
    }
    case "fundPool": {
      const metas = accounts().writable(svmWalletAddress(sender, mint)).vault().token();
      return metas.instruction(data.u64(action.amount));
    }
    case "publishPrice":
      return accounts().instruction(data.u64(action.price, action.confidence, action.time));
    case "tradePerp":
      data.flag(action.isLong).u64(action.size, action.limit);
      return accounts().account(own).system().instruction(data);
    case "tradeOption":
      data.u64(action.expiry, action.strike).flag(action.isCall).flag(action.isBuy);
      return accounts().account(own).system().instruction(data.u64(action.size, action.limit));
    case "settleOption": {
      const owner = key(action.owner);
      const settlement = svmSettlementAddress(programId, needed(context.expiry, "expiry"));
      const metas = accounts().account(owner).writable(settlement).system();
      return metas.instruction(data.bytes(owner).u8(action.slot));
    }
    case "liquidate": {
      const owner = key(action.owner);
      return accounts().account(own).account(owner).system().instruction(data.bytes(owner));
    }
    case "exportPosition": {
      const { destination, recipient, what, collateral, timeout } = action;
      const record = svmSentAddress(programId, needed(context.nextSequence, "nextSequence"));
      data.u32(destination).bytes(key(recipient)).u8(what).u64(collateral, timeout);
      return bridged(accounts(), own, mint, record).instruction(data);
    }
    case "importPacket":
    case "refundPacket":
      return delivery(deployment, action, sender);
  }
}

function needed(value: bigint | undefined, name: string): bigint {
  if (value === undefined) {
    refuse("INVALID_MARKET_INPUT", undefined, `the accounts depend on ${name}, which is missing`);
  }
  return value;
}

/** Accounts of everything that crosses the bridge. */
const bridged = (accounts: Accounts, owner: Uint8Array, mint: string, record: string): Accounts =>
  accounts.account(owner).writable(mint).vault().writable(record).token().system();

/** Import or refund of a packet, which the program reads itself: one of another length is sent as it is and refused there. */
function delivery(
  deployment: SvmDeployment,
  action: Extract<MarketAction, { type: "importPacket" | "refundPacket" }>,
  sender: string,
): SvmInstruction {
  const { programId, mint } = deployment;
  const packet = decodeHex(action.packet);
  const signatures = action.signatures.map((signature) => decodeHex(signature));
  const fields = new Uint8Array(PACKET_BYTES);
  fields.set(packet.subarray(0, PACKET_BYTES));
  const view = new DataView(fields.buffer);
  const isImport = action.type === "importPacket";
  const owner = isImport ? fields.slice(58, 90) : fields.slice(26, 58);
  const sequence = view.getBigUint64(10);
  const record = isImport
    ? svmReceiptAddress(programId, view.getUint32(2), sequence)
    : svmSentAddress(programId, sequence);
  const data = new Data(action.type).u8(packet.length & 0xff).u8(packet.length >> 8);
  data.bytes(packet).u8(signatures.length);
  for (const signature of signatures) data.bytes(signature);
  const accounts = new Accounts(deployment, sender, true);
  return bridged(accounts, owner, mint, record).instruction(data);
}

/**
 * Initialises the market; `sender` (base58) becomes its admin and pays. The mint must have 6 decimals, no freeze authority, and the market's
 * address ({@link svmMarketAddress}) as its mint authority already.
 */
export function svmInitialise(
  deployment: SvmDeployment,
  { domain, publisher, volatility, attesters, threshold }: SvmInitialisation,
  sender: string,
): SvmInstruction {
  const data = new Data("initialise").u32(domain).bytes(decodeBase58(publisher)).u64(volatility);
  data.u8(threshold).u8(attesters.length);
  const ascending = attesters.toSorted((one, other) => {
    const at = one.findIndex((byte, index) => byte !== other[index]);
    return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
  });
  for (const attester of ascending) data.bytes(attester);
  const accounts = new Accounts(deployment, sender, true);
  accounts.writable(deployment.mint).vault().token().system();
  return accounts.instruction(data);
}

/** The instruction whose return data {@link decodeSvmQuote} reads; it needs no signer and changes nothing. */
export function svmQuote(deployment: SvmDeployment, trade: TradeAction): SvmInstruction {
  const programId = decodeBase58(deployment.programId);
  const accounts = [meta(svmMarketAddress(deployment.programId), false)];
  if (trade.type === "tradePerp") {
    return { programId, accounts, data: new Data("quotePerp").u64(trade.size).finish() };
  }
  const data = new Data("quoteOption").u64(trade.expiry, trade.strike).flag(trade.isCall);
  return { programId, accounts, data: data.u64(trade.size).finish() };
}
