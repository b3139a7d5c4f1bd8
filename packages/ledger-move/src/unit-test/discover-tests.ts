import { type CompiledModule, moduleId, moduleName } from "@dragoman/frontend-move";
import type { UnitTest } from "./unit-test.ts";

/** A function is a test if its name begins so, and must fail if it ends so. */
const PREFIX = "test_";
const FAILURE_SUFFIX = "_fails";

/**
 * The tests of a module that nothing describes: functions `test_…` without type parameters and without parameters other than signers, which get the
 * addresses 0x1, 0x2 and so on. One whose name ends in `_fails` must fail.
 */
export function discoverTests(module: CompiledModule): UnitTest[] {
  const { address, name } = moduleId(module, module.self);
  return module.functionDefinitions.flatMap(({ handle, code }) => {
    const row = module.functionHandles[handle];
    if (row === undefined || code === undefined) return [];
    const fn = module.identifiers[row.name] ?? "";
    const parameters = module.signatures[row.parameters] ?? [];
    const areSigners = parameters.every((token) => {
      const type = token.tag === "reference" ? token.inner : token;
      return type.tag === "signer";
    });
    if (!fn.startsWith(PREFIX) || !areSigners || row.typeParameters.length > 0) return [];
    return [
      {
        module: moduleName(address, name),
        function: fn,
        signers: parameters.map((_, index) => `0x${(index + 1).toString(16)}`),
        args: [],
        typeArguments: [],
        expectedFailure: fn.endsWith(FAILURE_SUFFIX) ? {} : undefined,
      },
    ];
  });
}
