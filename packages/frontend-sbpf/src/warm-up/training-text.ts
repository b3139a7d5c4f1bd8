/** Operations of a function's straight code; each function begins at another one. */
const OPERATIONS = [
  "add64 r2, r3",
  "xor64 r3, 0x55",
  "mul64 r2, 7",
  "stxdw [r10-16], r2",
  "ldxw r4, [r10-16]",
  "lsh64 r4, 3",
  "ldxb r5, [r6+8]",
  "or64 r5, r4",
  "sub32 r3, r5",
  "stxw [r10-24], r3",
  "ldxh r2, [r10-24]",
  "rsh64 r3, 5",
  "mov64 r4, r3",
  "and64 r4, 0xff",
  "ldxdw r5, [r6+96]",
  "arsh32 r5, 2",
  "div64 r5, 3",
  "mod64 r2, 1000",
  "neg64 r4",
  "stxb [r10-32], r4",
  "lddw r2, 0x123456789abcdef0",
  "be64 r2",
  "mov32 r3, r2",
  "stxdw [r7+40], r3",
] as const;
const OPERATIONS_EACH = 14;
const LOOP_TURNS = 5;

/**
 * A program of no meaning, as assembly of sBPF v0: functions that call one another in a row, each with straight code, a branch of two sides, a
 * comparison as a number, a loop, memory of stack, heap and input, and a syscall.
 */
export function trainingText(functions: number): string {
  const lines = [
    "entrypoint:",
    "mov64 r6, r1",
    "lddw r7, 0x300000100",
    "mov64 r2, 1",
    "mov64 r3, 2",
  ];
  lines.push("call fn0", "mov64 r0, 0", "exit");
  for (let fn = 0; fn < functions; fn++) {
    lines.push(`fn${fn}:`);
    for (let i = 0; i < OPERATIONS_EACH; i++) {
      lines.push(OPERATIONS[(fn * 5 + i) % OPERATIONS.length]!);
    }
    lines.push(`jgt r2, ${fn * 11}, else${fn}`, "add64 r3, 9", "stxdw [r10-8], r3", `ja end${fn}`);
    lines.push(`else${fn}:`, "sub64 r3, r2", `end${fn}:`, "mov64 r4, 0");
    lines.push(`jeq r2, r3, same${fn}`, "mov64 r4, 1", `same${fn}:`);
    lines.push(`mov64 r8, ${LOOP_TURNS}`, `loop${fn}:`, "add64 r3, r8", "stxdw [r7+8], r3");
    lines.push("sub64 r8, 1", `jne r8, 0, loop${fn}`);
    if (fn % 4 === 0) lines.push("mov64 r1, r10", "sub64 r1, 64", "mov64 r2, r7", "mov64 r3, 32");
    if (fn % 4 === 0) lines.push("syscall sol_memcpy_", "mov64 r2, 3", "mov64 r3, 4");
    if (fn + 1 < functions && fn % 8 !== 7) lines.push(`call fn${fn + 1}`);
    lines.push("exit");
    // A row of calls is as deep as frames may be nested at the most; the next one begins here.
    if (fn % 8 === 7)
      lines.splice(lines.indexOf("mov64 r0, 0"), 0, `call fn${fn + 1 < functions ? fn + 1 : 0}`);
  }
  return lines.join("\n");
}
