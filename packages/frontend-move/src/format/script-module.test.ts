import { expect, test } from "vitest";
import { assembleScript } from "../asm/assemble.ts";
import { verifyModule } from "../verify/verify.ts";
import { scriptModule } from "./script-module.ts";

test("a script becomes a module with its code as function 0, which verifies as it does", () => {
  const script = assembleScript(`
    import 0x1.script { main<T>(x: T); }
    main<T: drop>(x: T, y: u64) { label b0: script.main<T>(move(x)); return; }`);
  const module = scriptModule(script);
  verifyModule(module);
  expect(module.functionDefinitions[0].code).toBe(script.code);
  expect(module.functionHandles).toHaveLength(2);
});
