import type { Environment } from "@dragoman/frontend-evm";
import type { FrameTrace } from "@dragoman/frontend-evm/trace";
import type { Vm } from "./portal/payload.ts";

/** An account that a message brings: an SVM instruction's account, or a balance on the EVM. */
export interface AccountInput {
  /** EVM: 20 bytes. SVM, Move: 32 bytes. */
  readonly key: Uint8Array;
  /** SVM: owner program; default the system program. */
  readonly owner?: Uint8Array;
  /** Lamports or wei. */
  readonly balance?: bigint;
  /** SVM: account data. */
  readonly data?: Uint8Array;
  readonly isSigner?: boolean;
  readonly isWritable?: boolean;
  readonly executable?: boolean;
}

/** One call of one program. Either `code` (for this message only) or `program` (installed) names what runs. */
export interface Message {
  readonly vm: Vm;
  /** EVM: runtime bytecode. SVM: ELF. Move: one module or script. */
  readonly code?: Uint8Array;
  /** Identifier of an installed program: see {@link programId}. */
  readonly program?: string;
  /** EVM: ABI signature, `transfer(address,uint256)`. Move: function name. SVM: unused. */
  readonly fn?: string;
  /** EVM: ABI arguments. Move: arguments in JSON form, type arguments in `typeArgs`. */
  readonly args?: readonly unknown[];
  readonly typeArgs?: readonly string[];
  /** EVM: calldata. SVM: instruction data. Move: BCS of `vector<vector<u8>>`, one value per argument. Excludes `args`. */
  readonly input?: Uint8Array;
  /** Gas, compute units or internal gas; default {@link GAS_DEFAULT}. */
  readonly gasLimit?: bigint;
  /** EVM: caller. Move: signer. Default: all zero, except Move's last byte, 1. */
  readonly sender?: Uint8Array;
  /** EVM: wei sent along. */
  readonly value?: bigint;
  readonly accounts?: readonly AccountInput[];
  /** EVM: the block around the call; default: everything at rest. */
  readonly environment?: Partial<Environment>;
  /** EVM: hears of the frames; see `traceMessage`. */
  readonly trace?: FrameTrace;
}

/** Gas of a message that names none. */
export const GAS_DEFAULT: Record<Vm, bigint> = {
  evm: 30_000_000n,
  svm: 1_400_000n,
  move: 9_000_000_000n,
};
