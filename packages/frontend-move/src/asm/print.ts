import { type AbilitySet, abilityNames } from "../format/abilities.ts";
import type {
  CompiledModule,
  CompiledScript,
  FieldDefinition,
  FunctionDefinition,
  StructDefinition,
} from "../format/module.ts";
import { codeLines, structName } from "./print-code.ts";
import {
  addressText,
  hexText,
  type Names,
  namesOf,
  parametersText,
  signatureText,
  typeParametersText,
  typeText,
} from "./print-names.ts";

/**
 * Writes a module or script as text that assembles, without dependencies, to the same thing: the
 * pools may come in another order, and printing that again gives the same text.
 *
 * @param file Within bounds: `checkBounds` has passed.
 */
export function printUnit(file: CompiledModule | CompiledScript): string {
  const names = namesOf(file);
  const lines = versionLines(file.versionWord);
  if (file.kind === "script") {
    lines.push(...importLines(names));
    const constraints = file.typeParameters.map((set) => ({ constraints: set }));
    const parameters = parametersText(names, file.parameters);
    lines.push(`main${typeParametersText(constraints)}(${parameters}) bytecode {`);
    const count = file.signatures[file.parameters].length;
    lines.push(...codeLines(names, file.code, count), "}");
  } else {
    const { address, name } = file.moduleHandles[file.self];
    lines.push(`module ${addressText(file.addresses[address])}.${file.identifiers[name]} {`);
    lines.push(...moduleLines(names, file).map((line) => (line === "" ? line : `  ${line}`)), "}");
  }
  return `${lines.join("\n")}\n`;
}

function versionLines(versionWord: number): string[] {
  if (versionWord === 0x0a000007) return [];
  const short = versionWord - 0x0a000000;
  const isShort = short > 7 && short < 256;
  const word = isShort ? short : versionWord < 256 ? versionWord : `0x${versionWord.toString(16)}`;
  return [`version ${word};`];
}

function moduleLines(names: Names, module: CompiledModule): string[] {
  const { friends, addresses, identifiers, metadata, structDefinitions } = module;
  return [
    ...metadata.map(({ key, value }) => `metadata x"${hexText(key)}" x"${hexText(value)}";`),
    ...friends.map(
      ({ address, name }) => `friend ${addressText(addresses[address])}.${identifiers[name]};`,
    ),
    ...importLines(names),
    ...structDefinitions.flatMap((definition, index) => structLines(names, definition, index)),
    ...module.functionDefinitions.flatMap((definition) => [
      "",
      ...functionLines(names, definition),
    ]),
  ];
}

function importLines(names: Names): string[] {
  const { file, aliases } = names;
  return file.moduleHandles.flatMap(({ address, name }, handle) => {
    if (aliases[handle] === "Self") return [];
    const path = `${addressText(file.addresses[address])}.${file.identifiers[name]}`;
    const alias = aliases[handle] === file.identifiers[name] ? "" : ` as ${aliases[handle]}`;
    const structs = file.structHandles
      .filter(({ module }) => module === handle)
      .map((row) => {
        const parameters = typeParametersText(row.typeParameters);
        return `  struct ${file.identifiers[row.name]}${parameters}${abilitiesText(row.abilities)};`;
      });
    const functions = file.functionHandles.flatMap(({ module }, index) =>
      module === handle ? [`  ${signatureText(names, index)};`] : [],
    );
    return [`import ${path}${alias} {`, ...structs, ...functions, "}"];
  });
}

function abilitiesText(set: AbilitySet): string {
  const abilities = abilityNames(set).join(", ");
  return abilities === "" ? "" : ` has ${abilities}`;
}

function structLines(names: Names, { handle, layout }: StructDefinition, index: number): string[] {
  const { abilities, typeParameters } = names.file.structHandles[handle];
  const head =
    structName(names, index) + typeParametersText(typeParameters) + abilitiesText(abilities);
  switch (layout.tag) {
    case "native":
      return [`native struct ${head};`];
    case "fields":
      return [`struct ${head} ${fieldsText(names, layout.fields)}`];
    case "variants":
      return [
        `enum ${head} {`,
        ...layout.variants.map(({ name, fields }) => {
          return `  ${names.file.identifiers[name]} ${fieldsText(names, fields)},`;
        }),
        "}",
      ];
  }
}

function fieldsText(names: Names, fields: readonly FieldDefinition[]): string {
  const texts = fields.map(
    ({ name, type }) => `${names.file.identifiers[name]}: ${typeText(names, type)}`,
  );
  return texts.length === 0 ? "{ }" : `{ ${texts.join(", ")} }`;
}

const VISIBILITY_TEXT = { private: "", public: "public ", friend: "public(friend) " } as const;

function functionLines(names: Names, definition: FunctionDefinition): string[] {
  const { handle, visibility, entry, acquires, code } = definition;
  const acquired = acquires.map((struct) => structName(names, struct)).join(", ");
  const head =
    (code === undefined ? "native " : "") +
    VISIBILITY_TEXT[visibility] +
    (entry ? "entry " : "") +
    signatureText(names, handle) +
    (acquired === "" ? "" : ` acquires ${acquired}`);
  if (code === undefined) return [`${head};`];
  const { parameters } = names.file.functionHandles[handle];
  const count = names.file.signatures[parameters].length;
  return [`${head} bytecode {`, ...codeLines(names, code, count), "}"];
}
