import type { Environment, Rules } from "@dragoman/frontend-evm";
import type { EvmTransaction } from "../transaction/evm-transaction.ts";
import type { ExecutedCall } from "../transaction/execute-transaction.ts";
import { tipOf } from "../transaction/transaction-pool.ts";
import { bloomOf } from "./bloom.ts";
import type { EvmHeader, EvmReceipt } from "./evm-block.ts";

/** Bytes of a block beside its transactions at most: header with bloom filter and extra data, heads of lists. */
const HEADER_BYTES = 1024;
/** Bytes of the head of a string in RLP at most. */
const STRING_HEAD = 9;

/** Transactions of a block that is being made, and what they did. */
export class BlockBody {
  readonly environment: Omit<Environment, "origin" | "gasPrice">;
  readonly receipts: EvmReceipt[] = [];
  gasUsed = 0n;
  blobCount = 0;
  readonly #baseFee: bigint;
  #logCount = 0;
  #size = HEADER_BYTES;

  constructor(
    { baseFee }: Pick<EvmHeader, "baseFee">,
    environment: Omit<Environment, "origin" | "gasPrice">,
  ) {
    this.#baseFee = baseFee;
    this.environment = environment;
  }

  /** True if gas, blobs (EIP-4844) and bytes (EIP-7934) of the block suffice. */
  hasRoomFor(tx: EvmTransaction, rules: Readonly<Rules>): boolean {
    return (
      this.gasUsed + tx.gasLimit <= this.environment.gasLimit &&
      this.blobCount + (tx.blobHashes?.length ?? 0) <= rules.blobMax &&
      this.#size + tx.raw.length + STRING_HEAD <= rules.blockSizeMax
    );
  }

  add(tx: EvmTransaction, executed: ExecutedCall): void {
    this.gasUsed += executed.gasUsed;
    this.blobCount += tx.blobHashes?.length ?? 0;
    this.#size += tx.raw.length + STRING_HEAD;
    // Blocks do not keep blobs.
    const { sidecar: _, ...transaction } = tx;
    this.receipts.push({
      transaction,
      index: this.receipts.length,
      cumulativeGasUsed: this.gasUsed,
      gasPrice: this.#baseFee + tipOf(tx, this.#baseFee),
      ...(tx.type === 3 ? { blobGasPrice: this.environment.blobBaseFee } : {}),
      firstLog: this.#logCount,
      bloom: bloomOf(executed.logs),
      ...executed,
    });
    this.#logCount += executed.logs.length;
  }
}
