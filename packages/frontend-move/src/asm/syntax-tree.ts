import type { AbilitySet } from "../format/abilities.ts";
import type { AccessSpecifier, FunctionAttribute, Visibility } from "../format/module.ts";
import type { OpName } from "../format/opcodes.ts";
import type { PrimitiveTag } from "../format/signature-token.ts";

/** A position in the text, for refusals. */
export interface Located {
  readonly at: number;
}

export interface ModuleName {
  /** 32 bytes. */
  readonly address: Uint8Array;
  readonly name: string;
}

export type TypeNode = Located &
  (
    | { readonly tag: PrimitiveTag }
    | { readonly tag: "vector" | "reference" | "mutableReference"; readonly inner: TypeNode }
    | { readonly tag: "parameter"; readonly name: string }
    | {
        readonly tag: "function";
        readonly parameters: readonly TypeNode[];
        readonly results: readonly TypeNode[];
        readonly abilities: AbilitySet;
      }
    | {
        readonly tag: "struct";
        readonly module: string;
        readonly name: string;
        readonly typeArguments: readonly TypeNode[];
      }
  );

export interface TypeParameterNode extends Located {
  readonly name: string;
  readonly constraints: AbilitySet;
  readonly phantom: boolean;
}

export interface NamedType extends Located {
  readonly name: string;
  readonly type: TypeNode;
}

export interface VariantNode extends Located {
  readonly name: string;
  readonly fields: readonly NamedType[];
}

export interface StructNode extends Located {
  readonly name: string;
  readonly abilities: AbilitySet;
  readonly typeParameters: readonly TypeParameterNode[];
  readonly layout:
    | { readonly tag: "native" }
    | { readonly tag: "fields"; readonly fields: readonly NamedType[] }
    | { readonly tag: "variants"; readonly variants: readonly VariantNode[] };
}

/** `!reads m.S<u64>(a)` */
export interface AccessNode extends Located {
  readonly kind: AccessSpecifier["kind"];
  readonly negated: boolean;
  readonly resource:
    | { readonly tag: "any" }
    | { readonly tag: "atAddress"; readonly address: Uint8Array }
    | { readonly tag: "inModule"; readonly module: string }
    | {
        readonly tag: "resource";
        readonly module: string;
        readonly name: string;
        readonly typeArguments: TypeArguments;
      };
  readonly address:
    | { readonly tag: "any" }
    | { readonly tag: "literal"; readonly address: Uint8Array }
    | {
        readonly tag: "parameter";
        readonly name: string;
        readonly function?: { readonly module: string; readonly name: string };
      };
}

export interface SignatureNode extends Located {
  readonly name: string;
  readonly typeParameters: readonly TypeParameterNode[];
  readonly parameters: readonly NamedType[];
  readonly returns: readonly TypeNode[];
  readonly attributes: readonly FunctionAttribute[];
  /** Undefined where the text has no word `access`. */
  readonly accesses: readonly AccessNode[] | undefined;
}

export interface FunctionNode extends SignatureNode {
  readonly visibility: Visibility;
  readonly entry: boolean;
  readonly acquires: readonly (Located & { readonly name: string })[];
  readonly body: BodyNode | undefined;
}

/** `import 0x1.m as alias { struct S has copy; f(x: u64): u64; }`; the block is optional. */
export interface ImportNode extends Located {
  readonly module: ModuleName;
  readonly alias: string;
  readonly structs: readonly StructNode[];
  readonly functions: readonly SignatureNode[];
}

export interface ModuleNode extends Located {
  readonly tag: "module";
  readonly versionWord: number;
  readonly name: ModuleName;
  readonly friends: readonly ModuleName[];
  readonly imports: readonly ImportNode[];
  readonly structs: readonly StructNode[];
  readonly functions: readonly FunctionNode[];
  readonly metadata: readonly { readonly key: Uint8Array; readonly value: Uint8Array }[];
}

export interface ScriptNode extends Located {
  readonly tag: "script";
  readonly versionWord: number;
  readonly imports: readonly ImportNode[];
  readonly main: FunctionNode;
}

export type BodyNode =
  | {
      readonly tag: "bytecode";
      readonly locals: readonly NamedType[];
      readonly lines: readonly LineNode[];
    }
  | {
      readonly tag: "blocks";
      readonly locals: readonly NamedType[];
      readonly blocks: readonly BlockNode[];
    };

/** A label or an instruction of a bytecode body. */
export type LineNode = Located &
  (
    | { readonly tag: "label"; readonly name: string }
    | { readonly tag: "instruction"; readonly op: OpName; readonly operand: OperandNode }
  );

export type OperandNode =
  | { readonly tag: "none" }
  | { readonly tag: "name"; readonly name: string }
  | { readonly tag: "integer"; readonly value: bigint }
  | { readonly tag: "constant"; readonly type: TypeNode; readonly data: Uint8Array }
  | {
      readonly tag: "function";
      readonly module: string;
      readonly name: string;
      readonly typeArguments: TypeArguments;
    }
  | {
      readonly tag: "closure";
      readonly module: string;
      readonly name: string;
      readonly typeArguments: TypeArguments;
      readonly mask: bigint;
    }
  | { readonly tag: "switch"; readonly struct: string; readonly targets: readonly SwitchTarget[] }
  | { readonly tag: "struct"; readonly name: string; readonly typeArguments: TypeArguments }
  | {
      readonly tag: "field";
      readonly struct: string;
      readonly typeArguments: TypeArguments;
      readonly field: string;
    }
  | {
      readonly tag: "variant";
      readonly struct: string;
      readonly typeArguments: TypeArguments;
      readonly variants: readonly string[];
      readonly field?: string;
    }
  | {
      readonly tag: "elements";
      readonly typeArguments: readonly TypeNode[];
      readonly count: number;
    };

/** Where a switch goes on for a variant. */
export interface SwitchTarget extends Located {
  readonly variant: string;
  readonly label: string;
}

/** Undefined where the text has no `<...>`. */
export type TypeArguments = readonly TypeNode[] | undefined;

export interface BlockNode extends Located {
  readonly label: string;
  readonly statements: readonly StatementNode[];
}

export type StatementNode = Located &
  (
    | { readonly tag: "abort"; readonly code: ExpressionNode | undefined }
    | { readonly tag: "assert"; readonly condition: ExpressionNode; readonly code: ExpressionNode }
    | {
        readonly tag: "assign";
        readonly targets: readonly TargetNode[];
        readonly value: ExpressionNode;
      }
    | { readonly tag: "expression"; readonly value: ExpressionNode }
    | { readonly tag: "jump"; readonly label: string }
    | {
        readonly tag: "jumpIf" | "jumpIfFalse";
        readonly condition: ExpressionNode;
        readonly label: string;
      }
    | { readonly tag: "return"; readonly values: readonly ExpressionNode[] }
    | {
        readonly tag: "switch";
        readonly struct: string;
        readonly value: ExpressionNode;
        readonly targets: readonly SwitchTarget[];
      }
    | {
        readonly tag: "unpack";
        readonly struct: string;
        /** Undefined for a struct. */
        readonly variant?: string | undefined;
        /** How the variant is given. */
        readonly by?: "value" | "reference" | "mutableReference";
        readonly typeArguments: readonly TypeNode[];
        /** The variables that take the fields, in the order of the text. */
        readonly variables: readonly string[];
        readonly value: ExpressionNode;
      }
  );

export type TargetNode = Located &
  (
    | { readonly tag: "variable"; readonly name: string }
    | { readonly tag: "mutate"; readonly reference: ExpressionNode }
    | { readonly tag: "discard" }
  );

export type ExpressionNode = Located &
  (
    | { readonly tag: "move" | "copy" | "borrow" | "borrowMut"; readonly name: string }
    | { readonly tag: "integer"; readonly bits: number; readonly value: bigint }
    | { readonly tag: "boolean"; readonly value: boolean }
    | { readonly tag: "address"; readonly value: Uint8Array }
    | { readonly tag: "bytes"; readonly value: Uint8Array }
    | { readonly tag: "not" | "dereference"; readonly inner: ExpressionNode }
    | {
        readonly tag: "binary";
        readonly op: OpName;
        readonly left: ExpressionNode;
        readonly right: ExpressionNode;
      }
    | {
        readonly tag: "borrowField";
        readonly mutable: boolean;
        readonly inner: ExpressionNode;
        readonly struct: string;
        readonly typeArguments: readonly TypeNode[];
        readonly field: string;
      }
    | {
        readonly tag: "pack";
        readonly struct: string;
        /** Undefined for a struct. */
        readonly variant?: string | undefined;
        readonly typeArguments: readonly TypeNode[];
        readonly fields: readonly { readonly name: string; readonly value: ExpressionNode }[];
      }
    | {
        readonly tag: "call";
        readonly module: string;
        readonly name: string;
        readonly typeArguments: readonly TypeNode[];
        readonly argument: ExpressionNode;
      }
    | {
        readonly tag: "builtin";
        readonly op: OpName;
        readonly struct: string;
        readonly typeArguments: readonly TypeNode[];
        readonly count: number;
        readonly argument: ExpressionNode;
      }
    | { readonly tag: "list"; readonly items: readonly ExpressionNode[] }
  );
