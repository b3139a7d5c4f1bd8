import type { SignatureToken } from "../format/index.ts";
import type { LinkedFunction } from "../load/linkage.ts";
import { moduleName } from "../load/module-name.ts";

/**
 * The declaration of a function as text: `(&vector<T0>, u64): &T0`. A native function is implemented for one declaration only, so a
 * module that declares it otherwise gets nothing.
 */
export function declarationOf({ handle, module }: LinkedFunction): string {
  const { signatures } = module.compiled;
  const list = (index: number): string =>
    signatures[index].map((token) => tokenText(token, module)).join(", ");
  return `(${list(handle.parameters)}): ${list(handle.returns)}`;
}

function tokenText(token: SignatureToken, module: LinkedFunction["module"]): string {
  switch (token.tag) {
    case "vector":
      return `vector<${tokenText(token.inner, module)}>`;
    case "reference":
      return `&${tokenText(token.inner, module)}`;
    case "mutableReference":
      return `&mut ${tokenText(token.inner, module)}`;
    case "typeParameter":
      return `T${token.index}`;
    case "struct":
    case "structInstantiation": {
      const { address, module: owner, name } = module.structSource(token.handle);
      const inner =
        token.tag === "struct"
          ? ""
          : `<${token.typeArguments.map((argument) => tokenText(argument, module)).join(", ")}>`;
      return `${moduleName(address, owner)}::${name}${inner}`;
    }
    default:
      return token.tag;
  }
}
