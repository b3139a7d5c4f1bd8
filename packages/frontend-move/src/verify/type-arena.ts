import {
  ABILITIES_ALL,
  ABILITIES_PRIMITIVE,
  ABILITIES_REFERENCE,
  ABILITIES_SIGNER,
  ABILITY,
  type AbilitySet,
  keptWithArgument,
} from "../format/abilities.ts";
import type { CompiledPools } from "../format/module.ts";
import {
  innerTokens,
  PRIMITIVE_TOKENS,
  type SignatureToken,
  type TokenTag,
} from "../format/signature-token.ts";

/** A type of one file: equal types have equal numbers. */
export type TypeId = number;

interface TypeNode {
  readonly tag: TokenTag;
  /** Struct handle, index of the type parameter, or abilities and number of parameters. */
  readonly operand: number;
  readonly inner: readonly TypeId[];
  /** Whether a type parameter occurs in it. */
  readonly open: boolean;
  /** Nodes of the type as a tree; a large number stands for larger ones. */
  readonly size: number;
}

const SIZE_MAX = 1e15;

/**
 * Interns the types of one file. Types share their parts, so a type that would be exponentially
 * large as a tree stays small, and comparing two types is comparing two numbers.
 */
export class TypeArena {
  private readonly pools: CompiledPools;
  private readonly nodes: TypeNode[] = [];
  private readonly ids = new Map<string, TypeId>();
  private readonly ofToken = new Map<SignatureToken, TypeId>();
  private readonly ofSignature = new Map<number, readonly TypeId[]>();
  private readonly instantiated = new Map<readonly TypeId[], Map<TypeId, TypeId>>();
  private readonly closedAbilities: (AbilitySet | undefined)[] = [];

  constructor(pools: CompiledPools) {
    this.pools = pools;
    for (const [, tag] of PRIMITIVE_TOKENS) this.intern(tag, 0, []);
  }

  private intern(tag: TokenTag, operand: number, inner: readonly TypeId[]): TypeId {
    const key = `${tag} ${operand} ${inner.join()}`;
    let id = this.ids.get(key);
    if (id === undefined) {
      let size = 1;
      for (const part of inner) size += this.nodes[part].size;
      const open = tag === "typeParameter" || inner.some((part) => this.nodes[part].open);
      id = this.nodes.push({ tag, operand, inner, open, size: Math.min(size, SIZE_MAX) }) - 1;
      this.ids.set(key, id);
    }
    return id;
  }

  /** The number of a token's type. */
  token(token: SignatureToken): TypeId {
    let id = this.ofToken.get(token);
    if (id === undefined) {
      id = this.internToken(token);
      this.ofToken.set(token, id);
    }
    return id;
  }

  private internToken(token: SignatureToken): TypeId {
    switch (token.tag) {
      case "vector":
      case "reference":
      case "mutableReference":
        return this.intern(token.tag, 0, [this.token(token.inner)]);
      case "struct":
        return this.intern("struct", token.handle, []);
      case "structInstantiation":
        return this.intern(
          token.tag,
          token.handle,
          token.typeArguments.map((argument) => this.token(argument)),
        );
      case "function":
        return this.intern(
          "function",
          functionOperand(token.abilities, token.parameters.length),
          innerTokens(token).map((inner) => this.token(inner)),
        );
      case "typeParameter":
        return this.intern("typeParameter", token.index, []);
      default:
        return this.intern(token.tag, 0, []);
    }
  }

  /** The types of a signature; the same array for the same signature. */
  signature(index: number): readonly TypeId[] {
    let ids = this.ofSignature.get(index);
    if (ids === undefined) {
      ids = this.pools.signatures[index].map((token) => this.token(token));
      this.ofSignature.set(index, ids);
    }
    return ids;
  }

  tag(id: TypeId): TokenTag {
    return this.nodes[id].tag;
  }

  /** The inner type of a vector or reference. */
  inner(id: TypeId): TypeId {
    return this.nodes[id].inner[0];
  }

  /** The struct handle of a struct type, undefined for any other. */
  handle(id: TypeId): number | undefined {
    const { tag, operand } = this.nodes[id];
    return tag === "struct" || tag === "structInstantiation" ? operand : undefined;
  }

  size(id: TypeId): number {
    return this.nodes[id].size;
  }

  vector(element: TypeId): TypeId {
    return this.intern("vector", 0, [element]);
  }

  reference(mutable: boolean, inner: TypeId): TypeId {
    return this.intern(mutable ? "mutableReference" : "reference", 0, [inner]);
  }

  /** The type of a struct with type arguments, or without where there are none. */
  struct(handle: number, typeArguments: readonly TypeId[]): TypeId {
    return typeArguments.length === 0
      ? this.intern("struct", handle, [])
      : this.intern("structInstantiation", handle, typeArguments);
  }

  /** The type of a closure. */
  function(
    parameters: readonly TypeId[],
    results: readonly TypeId[],
    abilities: AbilitySet,
  ): TypeId {
    const operand = functionOperand(abilities, parameters.length);
    return this.intern("function", operand, [...parameters, ...results]);
  }

  /** Parameters and results of a function type. */
  functionParts(id: TypeId): { parameters: readonly TypeId[]; results: readonly TypeId[] } {
    const { operand, inner } = this.nodes[id];
    const count = operand & 0xffff;
    return { parameters: inner.slice(0, count), results: inner.slice(count) };
  }

  /**
   * Whether a value of type `from` may stand where `to` is asked for: the same type, or a closure
   * with abilities to spare, or an immutable reference to such.
   */
  isAssignable(to: TypeId, from: TypeId): boolean {
    if (to === from) return true;
    const wanted = this.nodes[to];
    const given = this.nodes[from];
    if (wanted.tag === "reference" && given.tag === "reference") {
      return this.isAssignable(wanted.inner[0], given.inner[0]);
    }
    return (
      wanted.tag === "function" &&
      given.tag === "function" &&
      (wanted.operand & 0xffff) === (given.operand & 0xffff) &&
      (wanted.operand & ~given.operand) >> 16 === 0 &&
      wanted.inner.length === given.inner.length &&
      wanted.inner.every((part, i) => part === given.inner[i])
    );
  }

  /** A type with its parameters replaced; nothing is replaced by an empty list. */
  instantiate(id: TypeId, typeArguments: readonly TypeId[]): TypeId {
    const { tag, operand, inner, open } = this.nodes[id];
    if (!open || typeArguments.length === 0) return id;
    if (tag === "typeParameter") return typeArguments[operand];
    let memo = this.instantiated.get(typeArguments);
    if (memo === undefined) {
      memo = new Map();
      this.instantiated.set(typeArguments, memo);
    }
    let result = memo.get(id);
    if (result === undefined) {
      const parts = inner.map((part) => this.instantiate(part, typeArguments));
      result = this.intern(tag, operand, parts);
      memo.set(id, result);
    }
    return result;
  }

  /** The abilities of a type where type parameters have these constraints. */
  abilities(id: TypeId, constraints: readonly AbilitySet[]): AbilitySet {
    return this.nodes[id].open
      ? this.openAbilities(id, constraints, new Map())
      : this.abilitiesOfClosed(id);
  }

  private abilitiesOfClosed(id: TypeId): AbilitySet {
    let abilities = this.closedAbilities[id];
    if (abilities === undefined) {
      abilities = this.combine(id, (part) => this.abilitiesOfClosed(part), []);
      this.closedAbilities[id] = abilities;
    }
    return abilities;
  }

  private openAbilities(
    id: TypeId,
    constraints: readonly AbilitySet[],
    memo: Map<TypeId, AbilitySet>,
  ): AbilitySet {
    if (!this.nodes[id].open) return this.abilitiesOfClosed(id);
    let abilities = memo.get(id);
    if (abilities === undefined) {
      const of = (part: TypeId) => this.openAbilities(part, constraints, memo);
      abilities = this.combine(id, of, constraints);
      memo.set(id, abilities);
    }
    return abilities;
  }

  private combine(
    id: TypeId,
    of: (part: TypeId) => AbilitySet,
    constraints: readonly AbilitySet[],
  ): AbilitySet {
    const { tag, operand, inner } = this.nodes[id];
    switch (tag) {
      case "typeParameter":
        return constraints[operand] & ABILITIES_ALL;
      case "reference":
      case "mutableReference":
        return ABILITIES_REFERENCE;
      case "signer":
        return ABILITIES_SIGNER;
      case "function":
        return operand >> 16;
      case "vector":
        return keptWithArgument(ABILITIES_PRIMITIVE, of(inner[0]));
      case "struct":
        return this.pools.structHandles[operand].abilities;
      case "structInstantiation": {
        const { abilities, typeParameters } = this.pools.structHandles[operand];
        return inner.reduce(
          (kept, part, i) => (typeParameters[i].phantom ? kept : keptWithArgument(kept, of(part))),
          abilities,
        );
      }
      default:
        return ABILITIES_PRIMITIVE;
    }
  }

  has(id: TypeId, ability: keyof typeof ABILITY, constraints: readonly AbilitySet[]): boolean {
    return (this.abilities(id, constraints) & ABILITY[ability]) !== 0;
  }
}

/** Abilities above, number of parameters below. */
function functionOperand(abilities: AbilitySet, parameterCount: number): number {
  return (abilities << 16) | parameterCount;
}
