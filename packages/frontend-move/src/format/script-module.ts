import type { CompiledModule, CompiledScript } from "./module.ts";

/** Address and name of the module that stands for a script: `0xff…ff::script`, function `main`. */
export const SCRIPT_ADDRESS: Uint8Array = new Uint8Array(32).fill(0xff);
export const SCRIPT_MODULE = "script";
export const SCRIPT_FUNCTION = "main";

/**
 * A script as a module with one entry function, so that everything that runs modules runs scripts.
 * It verifies exactly if the script does; function 0 and its offsets are those of the script.
 */
export function scriptModule(script: CompiledScript): CompiledModule {
  const identifiers = [...script.identifiers];
  const signatures = [...script.signatures];
  const name = indexOf(identifiers, SCRIPT_MODULE);
  const main = indexOf(identifiers, SCRIPT_FUNCTION);
  const known = signatures.findIndex((signature) => signature.length === 0);
  const returns = known < 0 ? signatures.push([]) - 1 : known;
  const { flavour, version, versionWord, parameters, typeParameters, code } = script;
  return {
    kind: "module",
    flavour,
    version,
    versionWord,
    self: script.moduleHandles.length,
    moduleHandles: [...script.moduleHandles, { address: script.addresses.length, name }],
    structHandles: script.structHandles,
    functionHandles: [
      ...script.functionHandles,
      { module: script.moduleHandles.length, name: main, parameters, returns, typeParameters },
    ],
    functionInstantiations: script.functionInstantiations,
    signatures,
    constants: script.constants,
    identifiers,
    addresses: [...script.addresses, SCRIPT_ADDRESS],
    metadata: script.metadata,
    structDefinitions: [],
    structInstantiations: [],
    functionDefinitions: [
      {
        handle: script.functionHandles.length,
        visibility: "public",
        entry: true,
        acquires: [],
        code,
      },
    ],
    fieldHandles: [],
    fieldInstantiations: [],
    friends: [],
    variantFieldHandles: [],
    variantFieldInstantiations: [],
    structVariantHandles: [],
    structVariantInstantiations: [],
  };
}

function indexOf(identifiers: string[], name: string): number {
  const index = identifiers.indexOf(name);
  return index < 0 ? identifiers.push(name) - 1 : index;
}
