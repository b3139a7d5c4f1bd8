import type { Tables } from "./decode.ts";
import type { EnumVariantInstantiation } from "./decode-tables.ts";
import type {
  Code,
  CompiledModule,
  FunctionDefinition,
  StructVariantHandle,
  VariantInstantiation,
} from "./module.ts";

/** The pools of a module that the tables of a file make. */
type JoinedPools = Omit<CompiledModule, "kind" | "self" | "flavour" | "version" | "versionWord">;

/** An owner that is nowhere: bounds are for the verifier to refuse. */
const NOWHERE = 0xffffff;

/**
 * Makes one pool of structs and enums of the two that Sui has, enums behind structs, so that
 * everything that works on definitions works on both. Variants of instantiated enums get handles of
 * their own behind those of the file. A file of Aptos stays as it is.
 */
export function joinEnums(flavour: CompiledModule["flavour"], tables: Tables): JoinedPools {
  const { enumDefinitions, enumVariantHandles, enumVariantInstantiations, ...own } = tables;
  const { enumInstantiations: ofEnums, ...pools } = own;
  if (flavour !== "sui") return pools;
  const structCount = pools.structDefinitions.length;
  const enumInstantiations = ofEnums.map(({ of, typeArguments }) => {
    return { of: of + structCount, typeArguments };
  });
  const named: StructVariantHandle[] = enumVariantHandles.map(({ owner, variant }) => {
    return { owner: owner + structCount, variant };
  });
  const implied = enumVariantInstantiations.map((row): StructVariantHandle => {
    const owner = enumInstantiations[row.enumInstantiation]?.of ?? NOWHERE;
    return { owner, variant: row.variant, implied: true };
  });
  return {
    ...pools,
    structDefinitions: [...pools.structDefinitions, ...enumDefinitions],
    functionDefinitions: pools.functionDefinitions.map((row) => joinOwners(row, structCount)),
    structVariantHandles: [...named, ...implied],
    structVariantInstantiations: enumVariantInstantiations.map(
      ({ enumInstantiation }, i): VariantInstantiation => ({
        of: named.length + i,
        typeArguments: enumInstantiations[enumInstantiation]?.typeArguments ?? NOWHERE,
        enumInstantiation,
      }),
    ),
    enumInstantiations,
  };
}

function joinOwners(definition: FunctionDefinition, structCount: number): FunctionDefinition {
  const { code } = definition;
  if (code?.jumpTables === undefined) return definition;
  const jumpTables = code.jumpTables.map(({ owner, targets }) => {
    return { owner: owner + structCount, targets };
  });
  const joined: Code = { ...code, jumpTables };
  return { ...definition, code: joined };
}

/** The tables of a file of Sui that {@link joinEnums} has made one of. */
export interface SplitEnums {
  readonly structDefinitions: CompiledModule["structDefinitions"];
  readonly enumDefinitions: CompiledModule["structDefinitions"];
  readonly enumInstantiations: CompiledModule["structInstantiations"];
  readonly enumVariantHandles: readonly StructVariantHandle[];
  readonly enumVariantInstantiations: readonly EnumVariantInstantiation[];
}

/** Structs of a module that stand before its first enum. */
export function structCountOf({ structDefinitions }: CompiledModule): number {
  const first = structDefinitions.findIndex(({ layout }) => layout.tag === "variants");
  return first < 0 ? structDefinitions.length : first;
}

/** Takes the pools of a module of Sui apart again. */
export function splitEnums(module: CompiledModule): SplitEnums {
  const structCount = structCountOf(module);
  const handles = module.structVariantHandles;
  return {
    structDefinitions: module.structDefinitions.slice(0, structCount),
    enumDefinitions: module.structDefinitions.slice(structCount),
    enumInstantiations: (module.enumInstantiations ?? []).map(({ of, typeArguments }) => {
      return { of: of - structCount, typeArguments };
    }),
    enumVariantHandles: handles
      .filter(({ implied }) => implied === undefined)
      .map(({ owner, variant }) => ({ owner: owner - structCount, variant })),
    enumVariantInstantiations: module.structVariantInstantiations.map(
      ({ of, enumInstantiation }) => ({
        enumInstantiation: enumInstantiation ?? 0,
        variant: handles[of].variant,
      }),
    ),
  };
}
