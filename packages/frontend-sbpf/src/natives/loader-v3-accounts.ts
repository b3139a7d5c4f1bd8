import { equalBytes } from "@dragoman/bytes";
import { setData } from "../runtime/account-rules.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall } from "../runtime/invocation.ts";
import { type LoaderState, loaderHeader, readLoaderState } from "../runtime/loader-state.ts";
import { dataOf, type Refusal } from "./native-accounts.ts";

export type Account = InstructionAccount;

export const DEPLOYED_ALREADY = "Program was deployed in this block already";

/** Fails with a line in the log. */
export function fail(
  call: NativeCall,
  line: string,
  error: InstructionErrorName,
): InstructionErrorName {
  call.log(line);
  return error;
}

export const accountsOf = ({ invocation }: NativeCall): readonly Account[] => invocation.accounts;

/** State that an account holds, whoever owns it; undefined for data that are none. */
export const stateOf = (call: NativeCall, account: Account): LoaderState | undefined =>
  readLoaderState(dataOf(call, account));

/** Writes a state's header over the beginning of the account's data. */
export function putState(call: NativeCall, account: Account, state: LoaderState): Refusal {
  const header = loaderHeader(state);
  const data = dataOf(call, account).slice();
  const fits = header.length <= data.length;
  if (fits) data.set(header);
  const refusal = setData(call.journal, call.invocation.programId, account, data);
  if (refusal !== undefined) return refusal;
  return fits ? undefined : "AccountDataTooSmall";
}

/** How an instruction speaks of the authority that it needs. */
export interface AuthorityWords {
  readonly none: string;
  readonly wrong: string;
  readonly unsigned: string;
}

export const OF_BUFFER: AuthorityWords = {
  none: "Buffer is immutable",
  wrong: "Incorrect buffer authority provided",
  unsigned: "Buffer authority did not sign",
};
export const OF_PROGRAM: AuthorityWords = {
  none: "Program not upgradeable",
  wrong: "Incorrect upgrade authority provided",
  unsigned: "Upgrade authority did not sign",
};
export const OF_CLOSED: AuthorityWords = {
  none: "Account is immutable",
  wrong: "Incorrect authority provided",
  unsigned: "Authority did not sign",
};

/** Refuses what the authority has not signed. */
export function checkAuthority(
  call: NativeCall,
  authority: Uint8Array | undefined,
  signer: Account,
  words: AuthorityWords,
): Refusal {
  if (authority === undefined) return fail(call, words.none, "Immutable");
  if (!equalBytes(authority, signer.key)) return fail(call, words.wrong, "IncorrectAuthority");
  return signer.isSigner ? undefined : fail(call, words.unsigned, "MissingRequiredSignature");
}
