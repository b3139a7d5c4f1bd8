import { encodeBase58, equalBytes } from "@dragoman/bytes";
import type { Journal } from "@dragoman/core";
import { isBalanced } from "./account-rules.ts";
import { accountIndex, HEAD, readHead } from "./accounts.ts";
import type { InstructionErrorName } from "./instruction-error.ts";
import {
  type AccountMeta,
  hasFeature,
  type InstructionAccount,
  type Invocation,
  type SvmInstruction,
} from "./invocation.ts";
import { countInstruction } from "./trace.ts";

/** Metas in which a repeated account has the rights of all its mentions. */
export function joinRights(journal: Journal, metas: readonly AccountMeta[]): AccountMeta[] {
  const rights = new Map<number, { isSigner: boolean; isWritable: boolean }>();
  const indexes = metas.map(({ key }) => accountIndex(journal, key));
  for (const [position, { isSigner, isWritable }] of metas.entries()) {
    const known = rights.get(indexes[position]);
    if (known === undefined) rights.set(indexes[position], { isSigner, isWritable });
    else {
      known.isSigner ||= isSigner;
      known.isWritable ||= isWritable;
    }
  }
  return metas.map((meta, position) => ({ ...meta, ...rights.get(indexes[position]) }));
}

/**
 * Why `caller` may not call with these accounts: it does not know one, or gives a right that it has not and no seed in `signers` gives (agave
 * `program-runtime/src/invoke_context.rs`, prepare_next_cpi_instruction).
 */
export function refuseRights(
  journal: Journal,
  caller: Invocation,
  instruction: SvmInstruction,
  signers: ReadonlySet<number>,
  log: (line: string) => void,
): InstructionErrorName | undefined {
  const findIn = (key: Uint8Array): InstructionAccount | undefined => {
    const index = accountIndex(journal, key);
    return caller.accounts.find((account) => account.index === index);
  };
  for (const meta of instruction.accounts) {
    const own = findIn(meta.key);
    if (own === undefined) {
      log(`Instruction references an unknown account ${encodeBase58(meta.key)}`);
      return "MissingAccount";
    }
    if (meta.isWritable && !own.isWritable) {
      log(`${encodeBase58(meta.key)}'s writable privilege escalated`);
      return "PrivilegeEscalation";
    }
    if (meta.isSigner && !own.isSigner && !signers.has(own.index)) {
      log(`${encodeBase58(meta.key)}'s signer privilege escalated`);
      return "PrivilegeEscalation";
    }
  }
  const program = findIn(instruction.programId);
  if (program === undefined) {
    log(`Unknown program ${encodeBase58(instruction.programId)}`);
    return "MissingAccount";
  }
  const checksFlag = !hasFeature(caller.transaction, "removeAccountsExecutableFlagChecks");
  if (checksFlag && readHead(journal, program.index)[HEAD.EXECUTABLE] === 0) {
    log(`Account ${encodeBase58(instruction.programId)} is not executable`);
    return "AccountNotExecutable";
  }
  return undefined;
}

/** Reentrancy, balances, number and depth, in the order in which the runtime asks where it pushes an instruction; counts it. */
export function refuseBegin(
  journal: Journal,
  caller: Invocation,
  callee: Invocation,
): InstructionErrorName | undefined {
  if (!equalBytes(caller.programId, callee.programId)) {
    for (let open = caller.parent; open !== undefined; open = open.parent) {
      if (equalBytes(open.programId, callee.programId)) return "ReentrancyNotAllowed";
    }
  }
  if (!isBalanced(journal)) return "UnbalancedInstruction";
  const tooMany = countInstruction(journal);
  if (tooMany !== undefined) return tooMany;
  return callee.height > caller.transaction.heightMax ? "CallDepth" : undefined;
}
