import type { ABILITY } from "../format/abilities.ts";
import type { CompiledModule } from "../format/module.ts";
import { opName } from "../format/opcodes.ts";
import { BASIC, integerBits, isSigned } from "../format/signature-token.ts";
import type { MoveStatus } from "../format/status.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import { plainName } from "./instruction-shape.ts";
import type { TypeArena, TypeId } from "./type-arena.ts";
import { typeRule } from "./type-rules.ts";
import type { VerificationMeter } from "./verification-meter.ts";

/**
 * The operand types of one function. Stack usage has been verified, so a block never takes more
 * than is there.
 */
export class TypeChecker {
  readonly view: FunctionView;
  readonly types: TypeArena;
  readonly module: CompiledModule;
  readonly bool: TypeId;
  readonly u8: TypeId;
  readonly u64: TypeId;
  readonly address: TypeId;
  readonly signer: TypeId;
  /** The instruction that is being checked. */
  pc = 0;
  private readonly meter: VerificationMeter;
  private readonly stack: TypeId[] = [];

  constructor(view: FunctionView, types: TypeArena, meter: VerificationMeter) {
    this.view = view;
    this.types = types;
    this.module = view.file as CompiledModule;
    this.meter = meter;
    this.bool = types.token(BASIC.bool);
    this.u8 = types.token(BASIC.u8);
    this.u64 = types.token(BASIC.u64);
    this.address = types.token(BASIC.address);
    this.signer = types.token(BASIC.signer);
  }

  pop(): TypeId {
    return this.stack.pop() as TypeId;
  }

  push(type: TypeId): void {
    this.meter.add(30 * this.types.size(type));
    this.stack.push(type);
  }

  refuse(status: MoveStatus, sentence: string): never {
    const name = opName(this.view.code.ops[this.pc]);
    return refuseAt(this.view, this.pc, status, `${name}: ${sentence}`);
  }

  /** Takes an operand that must have this type. */
  expect(type: TypeId, status: MoveStatus, sentence: string): void {
    if (this.pop() !== type) this.refuse(status, sentence);
  }

  /** Takes an operand that must be of this type or assignable to it. */
  expectAssignable(type: TypeId, status: MoveStatus, sentence: string): void {
    if (!this.types.isAssignable(type, this.pop())) this.refuse(status, sentence);
  }

  has(type: TypeId, ability: keyof typeof ABILITY): boolean {
    return this.types.has(type, ability, this.view.typeParameters);
  }

  isInteger(type: TypeId): boolean {
    return integerBits(this.types.tag(type)) !== 0;
  }

  isSignedInteger(type: TypeId): boolean {
    return isSigned(this.types.tag(type));
  }

  /** The type arguments of a signature index, none for -1. */
  arguments(signature: number): readonly TypeId[] {
    if (signature < 0) return [];
    const ids = this.types.signature(signature);
    for (const id of ids) this.meter.add(30 * this.types.size(id));
    return ids;
  }

  structType(definition: number, typeArguments: readonly TypeId[]): TypeId {
    return this.types.struct(this.module.structDefinitions[definition].handle, typeArguments);
  }
}

/** Every instruction finds operands of the types, with the abilities, that it asks for. */
export function verifyTypeSafety(
  view: FunctionView,
  types: TypeArena,
  meter: VerificationMeter,
): void {
  const checker = new TypeChecker(view, types, meter);
  const { ops } = view.code;
  for (let pc = 0; pc < ops.length; pc++) {
    checker.pc = pc;
    typeRule(plainName(ops[pc]))(checker);
  }
}
