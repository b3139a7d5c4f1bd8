/** Any JSON object. */
type Fields = Readonly<Record<string, unknown>>;

/** What anvil 1.7.1 calls failures that geth has other words for (revm's `InstructionResult`). */
const TEXTS: readonly (readonly [ours: RegExp, theirs: string])[] = [
  [/^stack underflow \(\d+ <=> \d+\)$/, "StackUnderflow"],
  [/^stack limit reached \d+ \(\d+\)$/, "StackOverflow"],
  [/^return data out of bounds$/, "OutOfOffset"],
  [/^write protection$/, "StateChangeDuringStaticCall"],
  [/^invalid code: must not begin with 0xef$/, "CreateContractStartingWithEF"],
  [/^gas uint64 overflow$/, "out of gas: invalid operand"],
  [/^contract address collision$/, "CreateCollision"],
];

/** The words of either side in those of anvil. What runs out of gas is told apart by anvil alone. */
function failureText(text: string): string {
  const named = TEXTS.find(([ours]) => ours.test(text));
  if (named !== undefined) return named[1];
  return /^out of gas: (?!invalid operand)/.test(text) ? "out of gas" : text;
}

/** A call tree without what anvil does otherwise: its words, and the gas of the first frame, which is what geth took from the transaction. */
export function callForm(value: unknown, depth = 0): unknown {
  const { calls, error, gas, ...rest } = value as Fields;
  return {
    ...rest,
    ...(depth === 0 ? {} : { gas }),
    ...(error === undefined ? {} : { error: failureText(error as string) }),
    ...(calls === undefined
      ? {}
      : { calls: (calls as unknown[]).map((call) => callForm(call, depth + 1)) }),
  };
}

/** Accounts without what anvil does otherwise: it knows no code hashes, and lists accounts that never existed. */
export function prestateForm(value: unknown): unknown {
  const accounts = Object.entries(value as Record<string, Fields>);
  const forms = accounts.map(
    ([address, { codeHash: _, ...account }]) => [address, account] as const,
  );
  const isNobody = ({ balance, nonce, code }: Fields): boolean =>
    balance === "0x0" && nonce === undefined && code === undefined;
  return Object.fromEntries(forms.filter(([, account]) => !isNobody(account)));
}

/** Both states of a diff in the form of {@link prestateForm}. */
export function diffForm(value: unknown): unknown {
  const { pre, post } = value as Fields;
  return { pre: prestateForm(pre), post: prestateForm(post) };
}

const CREATIONS: readonly unknown[] = ["CREATE", "CREATE2"];

/**
 * Instructions without what anvil does otherwise: it writes fields that are empty, counts refunds frame by frame, has other words for failures
 * and other prices for instructions that could not be paid, and adds to the price of a creation the gas that its initcode gets.
 */
export function structForm(value: unknown): unknown {
  const { structLogs, ...rest } = value as Fields;
  const logs = structLogs as Fields[];
  // A write that a static frame may not do is a write for geth's logger, and from then on what it believes of the slot.
  const refused = logs.findIndex((log, i) => log.op === "SSTORE" && isLastOfFrame(logs, i));
  const forms = logs.map(({ refund: _, error, gasCost, storage, ...log }, i) => {
    const isPriced = error === undefined && !CREATIONS.includes(log.op) && !isLastOfFrame(logs, i);
    const hasStorage = storage !== undefined && (refused < 0 || i < refused);
    return {
      ...{ returnData: "0x", memory: [], ...log },
      ...(isPriced ? { gasCost } : {}),
      ...(hasStorage ? { storage } : {}),
    };
  });
  return { ...rest, structLogs: forms };
}

/** Instructions that end a frame may be failures for anvil where geth blames the frame for them. */
function isLastOfFrame(logs: readonly Fields[], i: number): boolean {
  const next = logs[i + 1];
  return next === undefined || (next.depth as number) < (logs[i]?.depth as number);
}

/** Parity's traces without the block's hash, in which the nodes differ, and without words for failures that anvil spells otherwise. */
export function parityForm(value: unknown): unknown {
  return (value as Fields[]).map(({ blockHash: _, error, action, result, ...trace }) => {
    const { address: __, ...rest } = (result ?? {}) as Fields;
    return { ...trace, action, result: rest, hasError: error !== undefined };
  });
}
