import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";
import { createMachine } from "./create-machine.ts";

const store = assemble("PUSH1 7 PUSH1 1 SSTORE PUSH1 32 PUSH1 0 RETURN");

test("messages run one after the other on one journal, and an installed program keeps its storage", () => {
  const machine = createMachine({ tier: "interpret" });
  const program = machine.install("evm", store);
  const receipt = machine.execute({ vm: "evm", program });
  expect(receipt.ok).toBe(true);
  expect(receipt.output).toEqual(new Uint8Array(32));
  const second = machine.execute({ vm: "evm", program });
  expect(second.gasUsed).toBeLessThan(receipt.gasUsed);
  expect(machine.changes().map(({ domain }) => domain)).toContain("evm.storage");
});

test("a failure is a receipt with code, sentence and place", () => {
  const receipt = createMachine({ tier: "interpret" }).execute({
    vm: "evm",
    code: assemble("PUSH1 3 JUMP STOP"),
  });
  expect(receipt.outcomeName).toBe("INVALID_JUMP");
  expect(receipt.failure).toEqual({
    code: 0x301,
    message: "the jump's destination is no JUMPDEST",
    at: 2,
  });
});

test("a program identifier that names nothing is a fault", () => {
  const machine = createMachine();
  expect(() => machine.execute({ vm: "evm", program: "evm:0x12" })).toThrow(/holds no address/);
});
