import { encodeHex } from "@dragoman/bytes";
import { type AbilitySet, abilityNames } from "../format/abilities.ts";
import type { CompiledModule, CompiledScript, FunctionAttribute } from "../format/module.ts";
import type { SignatureToken } from "../format/signature-token.ts";
import { ATTRIBUTE_WORDS } from "./attribute-words.ts";
import { accessesText } from "./print-access.ts";

/** How a file's modules, structs and types are written. */
export interface Names {
  readonly file: CompiledModule | CompiledScript;
  /** By module handle: `Self`, or the alias of the import. */
  readonly aliases: readonly string[];
}

export function namesOf(file: CompiledModule | CompiledScript): Names {
  const taken = new Set(["Self"]);
  const aliases = file.moduleHandles.map(({ name }, handle) => {
    if (file.kind === "module" && handle === file.self) return "Self";
    const text = file.identifiers[name];
    const alias = taken.has(text) ? `${text}_${handle}` : text;
    taken.add(alias);
    return alias;
  });
  return { file, aliases };
}

/** `0x1`, `0xcafe`: an address without leading zeros. */
export function addressText(address: Uint8Array): string {
  return `0x${hexText(address).replace(/^0+(?=.)/, "")}`;
}

export function hexText(bytes: Uint8Array): string {
  return encodeHex(bytes).slice(2);
}

/** A type; parameter `i` is `Ti`. */
export function typeText(names: Names, token: SignatureToken): string {
  switch (token.tag) {
    case "vector":
      return `vector<${typeText(names, token.inner)}>`;
    case "reference":
      return `&${typeText(names, token.inner)}`;
    case "mutableReference":
      return `&mut ${typeText(names, token.inner)}`;
    case "struct":
      return structText(names, token.handle);
    case "structInstantiation":
      return structText(names, token.handle) + typeListText(names, token.typeArguments);
    case "function": {
      const list = (tokens: readonly SignatureToken[]) =>
        tokens.map((inner) => typeText(names, inner)).join(", ");
      const abilities = abilityNames(token.abilities).join(" + ");
      const suffix = abilities === "" ? "" : ` has ${abilities}`;
      const parameters = token.parameters.map((inner) =>
        inner.tag === "function" ? `(${typeText(names, inner)})` : typeText(names, inner),
      );
      return `|${parameters.join(", ")}|(${list(token.results)})${suffix}`;
    }
    case "typeParameter":
      return `T${token.index}`;
    default:
      return token.tag;
  }
}

export function typeListText(names: Names, tokens: readonly SignatureToken[]): string {
  return `<${tokens.map((token) => typeText(names, token)).join(", ")}>`;
}

export function structText({ file, aliases }: Names, handle: number): string {
  const { module, name } = file.structHandles[handle];
  return `${aliases[module]}.${file.identifiers[name]}`;
}

/** `<T0: copy + drop, phantom T1>`, or nothing. */
export function typeParametersText(
  parameters: readonly { readonly constraints: AbilitySet; readonly phantom?: boolean }[],
): string {
  if (parameters.length === 0) return "";
  const texts = parameters.map(({ constraints, phantom }, i) => {
    const abilities = abilityNames(constraints).join(" + ");
    return `${phantom ? "phantom " : ""}T${i}${abilities === "" ? "" : `: ${abilities}`}`;
  });
  return `<${texts.join(", ")}>`;
}

function attributeWord(attribute: FunctionAttribute): string {
  const words = Object.keys(ATTRIBUTE_WORDS);
  return words.find((word) => ATTRIBUTE_WORDS[word] === attribute) as string;
}

/** `f<T0>(l0: u64): bool * u8 with persistent` of a function handle. */
export function signatureText(names: Names, handle: number): string {
  const { file } = names;
  const { name, parameters, returns, typeParameters, attributes, accesses } =
    file.functionHandles[handle];
  const constraints = typeParameters.map((set) => ({ constraints: set }));
  const results = file.signatures[returns].map((token) => typeText(names, token)).join(" * ");
  return (
    file.identifiers[name] +
    typeParametersText(constraints) +
    `(${parametersText(names, parameters)})` +
    (results === "" ? "" : `: ${results}`) +
    (attributes === undefined ? "" : ` with ${attributes.map(attributeWord).join(", ")}`) +
    (accesses === undefined ? "" : ` access ${accessesText(names, accesses)}`)
  );
}

/** `l0: u64, l1: bool` */
export function parametersText(names: Names, signature: number): string {
  const tokens = names.file.signatures[signature];
  return tokens.map((token, i) => `l${i}: ${typeText(names, token)}`).join(", ");
}
