import type { Random } from "@dragoman/core/testing";
import { changeEnum } from "./random-enum.ts";
import { writeExpression } from "./random-expression.ts";
import {
  BOOL,
  type RandomFunctionType,
  type RandomType,
  type RandomTypes,
  type Shape,
  typeText,
  U8,
} from "./random-types.ts";

export interface RandomLocal {
  readonly name: string;
  readonly type: RandomType;
}

/** A function that others may call. All take `s: &signer` first. */
export interface RandomFunction extends Shape {
  readonly name: string;
  /** Resources, by the name of their struct. */
  readonly acquires: ReadonlySet<string>;
  /** Which closures it makes, from which values. */
  readonly closure?: {
    readonly type: RandomFunctionType;
    /** Bit `n`: parameter `n` is captured. */
    readonly mask: number;
    readonly captured: readonly RandomType[];
  };
}

const BYTES: RandomType = { kind: "vector", element: U8 };

/**
 * Writes the instructions of one function. All locals are given a value first, so that any of them may be used anywhere; one that
 * is moved from is given another before anything else happens. References live on the operand stack only, and what they
 * borrow is not touched meanwhile: {@link busy}.
 */
export class RandomBody {
  readonly random: Random;
  readonly types: RandomTypes;
  readonly callees: readonly RandomFunction[];
  readonly locals: RandomLocal[];
  readonly lines: string[] = [];
  /** Locals that an outstanding reference borrows. */
  readonly busy = new Set<string>();
  /** Parameters that are mutable references. */
  readonly borrowed: RandomLocal[] = [];
  readonly acquires = new Set<string>();
  /** Touches no resources. */
  readonly pure: boolean;
  /** Declarations of locals that hold a number or a reference for a few instructions. */
  readonly declarations: string[] = [];
  #labels = 0;
  /** What may still be written. */
  budget: number;

  constructor(
    random: Random,
    types: RandomTypes,
    callees: readonly RandomFunction[],
    locals: readonly RandomLocal[],
    pure: boolean,
  ) {
    this.random = random;
    this.types = types;
    this.callees = callees;
    this.locals = [...locals];
    this.pure = pure;
    this.budget = random.between(20, 120);
  }

  emit(...instructions: string[]): void {
    this.lines.push(...instructions);
    this.budget -= instructions.length;
  }

  label(): string {
    return `l${this.#labels++}`;
  }

  /** A new local of a type in the text's form. */
  local(type: string): string {
    const name = `c${this.declarations.length}`;
    this.declarations.push(`let ${name}: ${type};`);
    return name;
  }

  /** A local that nothing borrows. */
  free(accepts: (type: RandomType) => boolean): RandomLocal | undefined {
    const found = this.locals.filter(({ name, type }) => !this.busy.has(name) && accepts(type));
    return found.length === 0 ? undefined : this.random.pick(found);
  }

  /** Runs `write` while a reference to `local` is outstanding. */
  while(local: RandomLocal, write: () => void): void {
    this.busy.add(local.name);
    write();
    this.busy.delete(local.name);
  }

  block(depth: number): void {
    const statements = this.random.between(1, 4);
    for (let index = 0; index < statements && this.budget > 0; index++) this.#statement(depth);
  }

  #statement(depth: number): void {
    const { random } = this;
    if (this.types.functions.length > 0 && random.oneIn(8)) return this.#callClosure();
    switch (random.below(depth > 0 ? 13 : 10)) {
      case 0:
      case 1:
      case 2:
        return this.#assign();
      case 3:
        return this.#writeThrough();
      case 4:
        return this.#changeVector();
      case 5:
        return this.#callBorrowing();
      case 6:
        return this.#resource();
      case 7:
        writeExpression(this, random.pick(this.types.all), 2);
        return this.emit("Pop");
      case 8:
        return random.oneIn(5) ? this.#abortIf() : this.#assign();
      case 9:
        return changeEnum(this);
      case 10:
        return this.#loop(depth);
      default:
        return this.#branch(depth);
    }
  }

  #assign(): void {
    const local = this.free(() => true);
    if (local === undefined) return;
    writeExpression(this, local.type, 3);
    this.emit(`StLoc ${local.name}`);
  }

  /** `*&mut local.f… = value` */
  #writeThrough(): void {
    const local = this.free(({ kind }) => kind === "struct" || kind === "integer");
    if (local === undefined) return;
    const path: string[] = [];
    let { type } = local;
    while (type.kind === "struct" && !this.random.oneIn(3)) {
      const at = this.random.below(type.fields.length);
      path.push(`MutBorrowField ${type.name}::f${at}`);
      type = type.fields[at] as RandomType;
    }
    writeExpression(this, type, 2);
    this.emit(`MutBorrowLoc ${local.name}`, ...path, "WriteRef");
  }

  #changeVector(): void {
    const local = this.free(({ kind }) => kind === "vector");
    if (local === undefined || local.type.kind !== "vector") return;
    const { element } = local.type;
    const text = typeText(element);
    const { random } = this;
    switch (random.below(4)) {
      case 0:
        this.emit(`ImmBorrowLoc ${local.name}`, `VecLen<${text}>`, "LdU64 2", "Lt");
        return this.#unless(() => {
          this.emit(`MutBorrowLoc ${local.name}`, "LdU64 0", "LdU64 1", `VecSwap<${text}>`);
        });
      case 1:
        writeExpression(this, element, 2);
        this.emit(`MutBorrowLoc ${local.name}`);
        this.emit(`LdU64 ${random.below(3)}`, `VecMutBorrow<${text}>`, "WriteRef");
        return;
      default:
        this.emit(`MutBorrowLoc ${local.name}`);
        this.while(local, () => writeExpression(this, element, 2));
        this.emit(`VecPushBack<${text}>`);
    }
  }

  /** A condition is on the stack; what `write` emits runs where it is false. */
  #unless(write: () => void): void {
    const end = this.label();
    this.emit(`BrTrue ${end}`);
    write();
    this.emit(`${end}: Nop`);
  }

  #callBorrowing(): void {
    const callee = this.pickCallee((fn) => fn.borrowed.length > 0);
    if (callee === undefined) return;
    const names = this.#borrowable(callee);
    if (names === undefined) return;
    this.call(callee, names);
    for (const _ of callee.results) this.emit("Pop");
  }

  #callClosure(): void {
    const type = this.random.pick(this.types.functions);
    const names = this.types.all.includes(type) ? this.#borrowable(type) : undefined;
    if (names === undefined) return;
    this.callClosure(type, names);
    for (const _ of type.results) this.emit("Pop");
  }

  /** A local for each reference that the function takes. */
  #borrowable({ borrowed }: Shape): string[] | undefined {
    const wanted = borrowed.map((type) => this.free((own) => typeText(own) === typeText(type)));
    const names = wanted.flatMap((local) => local?.name ?? []);
    return new Set(names).size === borrowed.length ? names : undefined;
  }

  pickCallee(accepts: (fn: RandomFunction) => boolean): RandomFunction | undefined {
    const usable = this.callees.filter((fn) => accepts(fn) && !(fn.acquires.size > 0 && this.pure));
    return usable.length === 0 ? undefined : this.random.pick(usable);
  }

  /** Pushes the arguments and a closure and calls it; the results are on the stack. */
  callClosure(type: RandomFunctionType, borrowed: readonly string[]): void {
    this.#pushArguments(type, borrowed);
    for (const name of borrowed) this.busy.add(name);
    writeExpression(this, type, 1);
    for (const name of borrowed) this.busy.delete(name);
    this.emit(`CallClosure <${typeText(type)}>`);
  }

  /** Pushes the arguments and calls; the results are on the stack. */
  call(callee: RandomFunction, borrowed: readonly string[]): void {
    this.#pushArguments(callee, borrowed);
    this.emit(`Call Self.${callee.name}`);
    for (const resource of callee.acquires) this.acquires.add(resource);
  }

  #pushArguments({ parameters }: Shape, borrowed: readonly string[]): void {
    this.emit("CopyLoc s");
    for (const type of parameters) writeExpression(this, type, 1);
    for (const name of borrowed) this.emit(`MutBorrowLoc ${name}`);
  }

  /** Makes the signer's resource if there is none, else changes or takes it. */
  #resource(): void {
    if (this.pure) return;
    const { random } = this;
    const { resource } = this.types;
    const [make, end] = [this.label(), this.label()];
    const at = random.below(resource.length);
    this.acquires.add("R");
    this.emit("CopyLoc who", "Exists R", `BrFalse ${make}`);
    const draw = random.below(9);
    if (draw < 3) {
      this.emit("CopyLoc who", "MoveFrom R", "Pop");
    } else if (draw < 5) {
      this.emit("CopyLoc who", "ImmBorrowGlobal R", `ImmBorrowField R::f${at}`, "ReadRef", "Pop");
    } else {
      writeExpression(this, resource[at] as RandomType, 2);
      this.emit("CopyLoc who", "MutBorrowGlobal R", `MutBorrowField R::f${at}`, "WriteRef");
    }
    this.emit(`Branch ${end}`, `${make}: CopyLoc s`);
    for (const type of resource) writeExpression(this, type, 1);
    this.emit("Pack R", "MoveTo R", `${end}: Nop`);
  }

  #abortIf(): void {
    writeExpression(this, BOOL, 2);
    this.#unless(() => {
      this.emit(`LdU64 ${this.random.below(100)}`);
      if (!this.types.dialect.messages || this.random.oneIn(2)) return this.emit("Abort");
      if (this.random.oneIn(3)) writeExpression(this, BYTES, 1);
      else this.emit(`LdConst vector<u8> b"message ${this.random.below(100)}"`);
      this.emit("AbortMsg");
    });
  }

  #branch(depth: number): void {
    const [other, end] = [this.label(), this.label()];
    writeExpression(this, BOOL, 2);
    this.emit(`BrFalse ${other}`);
    this.block(depth - 1);
    this.emit(`Branch ${end}`, `${other}: Nop`);
    this.block(depth - 1);
    this.emit(`${end}: Nop`);
  }

  #loop(depth: number): void {
    const counter = this.local("u64");
    const [head, end] = [this.label(), this.label()];
    this.emit("LdU64 0", `StLoc ${counter}`);
    this.emit(`${head}: CopyLoc ${counter}`, `LdU64 ${this.random.between(1, 5)}`, "Lt");
    this.emit(`BrFalse ${end}`);
    this.block(depth - 1);
    this.emit(`CopyLoc ${counter}`, "LdU64 1", "Add", `StLoc ${counter}`, `Branch ${head}`);
    this.emit(`${end}: Nop`);
  }
}
