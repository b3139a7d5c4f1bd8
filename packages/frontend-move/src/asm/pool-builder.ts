import type { AbilitySet } from "../format/abilities.ts";
import type {
  AccessSpecifier,
  CompiledModule,
  Constant,
  FieldHandle,
  Flavour,
  FunctionAttribute,
  FunctionDefinition,
  FunctionHandle,
  Instantiation,
  Metadata,
  ModuleHandle,
  StructDefinition,
  StructHandle,
  StructTypeParameter,
  StructVariantHandle,
  VariantFieldHandle,
} from "../format/module.ts";
import type { SignatureToken } from "../format/signature-token.ts";
import type { ModuleName } from "./syntax-tree.ts";

/** A function as its module or an importing one declares it. */
export interface DeclaredFunction {
  readonly name: string;
  readonly parameters: readonly SignatureToken[];
  readonly returns: readonly SignatureToken[];
  readonly constraints: readonly AbilitySet[];
  readonly attributes: readonly FunctionAttribute[];
  readonly accesses: readonly AccessSpecifier[] | undefined;
}

/** The rows of one pool, each once; an index never changes. */
class Pool<T> {
  readonly rows: T[] = [];
  private readonly indices = new Map<string, number>();

  /** The index of a row, which is added if no row with this key is there. */
  intern(row: T, key: string = JSON.stringify(row)): number {
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.rows.push(row) - 1;
      this.indices.set(key, index);
    }
    return index;
  }
}

/** Builds the pools of a file; every method gives the index of its row. */
export class PoolBuilder {
  private readonly identifiers = new Pool<string>();
  private readonly addresses = new Pool<Uint8Array>();
  private readonly moduleHandles = new Pool<ModuleHandle>();
  private readonly structHandles = new Pool<StructHandle>();
  private readonly functionHandles = new Pool<FunctionHandle>();
  private readonly signatures = new Pool<readonly SignatureToken[]>();
  private readonly constants = new Pool<Constant>();
  private readonly fieldHandles = new Pool<FieldHandle>();
  private readonly variantFieldHandles = new Pool<VariantFieldHandle>();
  private readonly structVariantHandles = new Pool<StructVariantHandle>();
  readonly functionInstantiations = new Pool<Instantiation>();
  readonly structInstantiations = new Pool<Instantiation>();
  readonly fieldInstantiations = new Pool<Instantiation>();
  readonly variantFieldInstantiations = new Pool<Instantiation>();
  readonly structVariantInstantiations = new Pool<Instantiation>();
  private readonly enumInstantiations = new Pool<Instantiation>();
  private readonly enumVariants = new Pool<{ enumInstantiation: number; variant: number }>();
  readonly structDefinitions: StructDefinition[] = [];
  readonly functionDefinitions: FunctionDefinition[] = [];
  readonly friends: ModuleHandle[] = [];
  readonly metadata: Metadata[] = [];

  identifier(name: string): number {
    return this.identifiers.intern(name);
  }

  /** An address and a name as the row of a handle; used as it is for friends. */
  moduleRow({ address, name }: ModuleName): ModuleHandle {
    return { address: this.address(address), name: this.identifier(name) };
  }

  address(address: Uint8Array): number {
    return this.addresses.intern(address, address.join());
  }

  module(name: ModuleName): number {
    return this.moduleHandles.intern(this.moduleRow(name));
  }

  struct(
    module: number,
    name: string,
    abilities: AbilitySet,
    typeParameters: readonly StructTypeParameter[],
  ): number {
    const row = { module, name: this.identifier(name), abilities, typeParameters };
    return this.structHandles.intern(row, `${module}.${row.name}`);
  }

  function(module: number, declared: DeclaredFunction): number {
    const { name, parameters, returns, constraints, attributes, accesses } = declared;
    const row = {
      module,
      name: this.identifier(name),
      parameters: this.signature(parameters),
      returns: this.signature(returns),
      typeParameters: constraints,
      ...(accesses === undefined ? {} : { accesses }),
      ...(attributes.length === 0 ? {} : { attributes }),
    };
    return this.functionHandles.intern(row, `${module}.${row.name}`);
  }

  signature(tokens: readonly SignatureToken[]): number {
    return this.signatures.intern(tokens);
  }

  constant(type: SignatureToken, data: Uint8Array): number {
    return this.constants.intern({ type, data }, `${JSON.stringify(type)} ${data.join()}`);
  }

  field(owner: number, field: number): number {
    return this.fieldHandles.intern({ owner, field });
  }

  variantField(owner: number, variants: readonly number[], field: number): number {
    return this.variantFieldHandles.intern({ owner, variants, field });
  }

  structVariant(owner: number, variant: number): number {
    return this.structVariantHandles.intern({ owner, variant });
  }

  /** An instantiation, in the pool that belongs to the kind of `of`. */
  instantiation(
    pool: InstantiationPool,
    of: number,
    typeArguments: readonly SignatureToken[],
  ): number {
    return this[pool].intern({ of, typeArguments: this.signature(typeArguments) });
  }

  /**
   * Sui: a variant of an enum with type arguments, whose handle is no row of the file. Before
   * {@link finish} the index counts these among themselves.
   */
  enumVariant(owner: number, variant: number, typeArguments: readonly SignatureToken[]): number {
    const enumInstantiation = this.enumInstantiations.intern({
      of: owner,
      typeArguments: this.signature(typeArguments),
    });
    return this.enumVariants.intern({ enumInstantiation, variant });
  }

  /** The pools that {@link enumVariant} fills, once all handles of the file are known. */
  private finishEnums(): Pick<
    CompiledModule,
    "structVariantHandles" | "structVariantInstantiations" | "enumInstantiations"
  > {
    const named = this.structVariantHandles.rows;
    const enums = this.enumInstantiations.rows;
    return {
      enumInstantiations: enums,
      structVariantHandles: [
        ...named,
        ...this.enumVariants.rows.map(({ enumInstantiation, variant }) => {
          const handle: StructVariantHandle = {
            owner: enums[enumInstantiation].of,
            variant,
            implied: true,
          };
          return handle;
        }),
      ],
      structVariantInstantiations: this.enumVariants.rows.map(({ enumInstantiation }, i) => {
        const { typeArguments } = enums[enumInstantiation];
        return { of: named.length + i, typeArguments, enumInstantiation };
      }),
    };
  }

  /** Everything but what names the file itself. */
  finish(
    flavour: Flavour,
  ): Omit<CompiledModule, "kind" | "self" | "flavour" | "version" | "versionWord"> {
    return {
      moduleHandles: this.moduleHandles.rows,
      structHandles: this.structHandles.rows,
      functionHandles: this.functionHandles.rows,
      functionInstantiations: this.functionInstantiations.rows,
      signatures: this.signatures.rows,
      constants: this.constants.rows,
      identifiers: this.identifiers.rows,
      addresses: this.addresses.rows,
      metadata: this.metadata,
      structDefinitions: this.structDefinitions,
      structInstantiations: this.structInstantiations.rows,
      functionDefinitions: this.functionDefinitions,
      fieldHandles: this.fieldHandles.rows,
      fieldInstantiations: this.fieldInstantiations.rows,
      friends: this.friends,
      variantFieldHandles: this.variantFieldHandles.rows,
      variantFieldInstantiations: this.variantFieldInstantiations.rows,
      structVariantHandles: this.structVariantHandles.rows,
      structVariantInstantiations: this.structVariantInstantiations.rows,
      ...(flavour === "sui" ? this.finishEnums() : {}),
    };
  }
}

export type InstantiationPool =
  | "functionInstantiations"
  | "structInstantiations"
  | "fieldInstantiations"
  | "variantFieldInstantiations"
  | "structVariantInstantiations";
