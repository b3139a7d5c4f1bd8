import { Fault, FaultError, fault, refuse } from "@dragoman/fault";
import { expect, test } from "vitest";

test("a fault is a value with a number, a place and a sentence", () => {
  const value = fault("MALFORMED_HEX", 3, '"g" is no hex digit');
  expect(value).toBeInstanceOf(Fault);
  expect(value).not.toBeInstanceOf(Error);
  expect(value.code).toBe(1006);
  expect(`${value}`).toBe('MALFORMED_HEX at 3: "g" is no hex digit');
});

test("a fault without a place does not name one", () => {
  expect(`${fault("INVALID_COMMAND", undefined, "no command given")}`).toBe(
    "INVALID_COMMAND: no command given",
  );
});

test("JSON keeps integers of any size exactly and leaves out what is absent", () => {
  const value = fault("VALUE_OUT_OF_RANGE", undefined, "too large", { value: 2n ** 70n, bits: 64 });
  expect(JSON.parse(JSON.stringify(value))).toEqual({
    code: 1010,
    name: "VALUE_OUT_OF_RANGE",
    message: "too large",
    context: { value: "1180591620717411303424", bits: 64 },
  });
  expect(JSON.stringify(fault("MALFORMED_UTF8", 0, "broken"))).not.toContain("context");
});

test("refuse throws an error that carries the fault", () => {
  const refused = () => refuse("READ_OUT_OF_RANGE", 8, "4 bytes needed, 1 left");
  expect(refused).toThrow(FaultError);
  expect(refused).toThrow("READ_OUT_OF_RANGE at 8: 4 bytes needed, 1 left");
});
