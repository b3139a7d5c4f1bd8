import { assert, Bug } from "@dragoman/fault";
import { expect, test } from "vitest";

test("assert passes what holds and throws a Bug with the reason for what does not", () => {
  assert(1 < 2, "one is less than two");
  expect(() => assert(0, "zero is truthy")).toThrow(new Bug("zero is truthy"));
});
