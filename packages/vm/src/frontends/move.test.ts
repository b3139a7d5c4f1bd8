import { FaultError } from "@dragoman/fault";
import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { expect, test } from "vitest";
import { createMachine } from "../create-machine.ts";

const module = (answer: number) =>
  encodeModule(
    assembleModule(`module 0x70.m { public f(): u64 bytecode { LdU64 ${answer}; Ret } }`),
  );

test("the code of a message runs in the place of an installed module of its name", () => {
  const machine = createMachine();
  const program = machine.install("move", module(1));
  expect(machine.execute({ vm: "move", code: module(2), fn: "f" }).returns).toEqual(["2"]);
  expect(machine.execute({ vm: "move", program, fn: "f" }).returns).toEqual(["1"]);
});

test("a module that replaces an installed one is verified itself", () => {
  const machine = createMachine();
  machine.install("move", module(1));
  const invalid = encodeModule(
    assembleModule("module 0x70.m { public f(): u64 bytecode { LdTrue; Ret } }"),
  );
  expect(() => machine.install("move", invalid)).toThrow(FaultError);
  machine.install("move", module(3));
  const program = "move:0x70::m";
  expect(machine.execute({ vm: "move", program, fn: "f" }).returns).toEqual(["3"]);
});

test("a module whose own handle is out of bounds is refused", () => {
  const bytes = module(1);
  const handles = assembleModule("module 0x70.m { public f(): u64 bytecode { LdU64 1; Ret } }");
  const broken = encodeModule({ ...handles, self: 7 });
  expect(broken).not.toEqual(bytes);
  expect(() => createMachine().load("move", broken)).toThrow(/own handle is out of bounds/);
});
