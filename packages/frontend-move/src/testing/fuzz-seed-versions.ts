/** What {@link FUZZ_SEED_TEXT} has not: closures, signed integers and abort messages of Aptos v10. */
export const FUZZ_CLOSURE_TEXT = `
version 10;
module 0x42.newer {
  import 0x2.dep { hook(x: u64, y: &mut u64): u64 with persistent; }
  struct Held has copy, drop, store { f: |u64, &mut u64|(u64) has copy + drop + store, n: i64 }

  public add(a: i64, b: i64): i64 with persistent, module_lock bytecode {
    MoveLoc a; LdI64 -7; Add; MoveLoc b; Negate; Sub; LdI64 3; Div; Ret
  }
  public held(x: u64): Self.Held bytecode {
    PackClosure dep.hook 0; LdI64 -1; Pack Held; Ret
  }
  public call(h: &Self.Held, x: u64, y: &mut u64): u64 bytecode {
    MoveLoc x; MoveLoc y; MoveLoc h; ImmBorrowField Held::f; ReadRef
    CallClosure <|u64, &mut u64|(u64) has copy + drop + store>; Ret
  }
  public bind<T: copy + drop>(x: T): ||(T) has copy + drop bytecode {
    MoveLoc x; PackClosureGeneric Self.same<T> 1; Ret
  }
  public same<T>(x: T): T bytecode { MoveLoc x; Ret }
  public casts(x: i8, y: u256): i256 bytecode {
    MoveLoc x; CastI16; CastI32; LdI32 9; Mul; CastI128; CastI256
    MoveLoc y; CastI256; Mod; LdConst i256 -5; Add; Ret
  }
  public fail(x: u64): bool bytecode {
    MoveLoc x; CastI64; LdI64 0; Lt; BrTrue bad
    LdTrue; Ret
  bad:
    LdU64 4; LdConst vector<u8> b"negative"; AbortMsg
  }
}
`;

/** Enums, their references and switches of Sui v7. */
export const FUZZ_SUI_TEXT = `
version 0x5000007;
module 0x42.shapes {
  struct P has copy, drop { x: u64 }
  enum Shape has copy, drop { Dot { }, Line { p: Self.P }, Box { x: u64, y: u64 } }
  enum Maybe<T> has drop { None { }, Some { value: T } }

  public area(s: &Self.Shape): u64 bytecode {
    let y: u64;
    CopyLoc s; VariantSwitch Shape { Dot: dot, Line: line, Box: box }
  dot:
    MoveLoc s; UnpackVariantImmRef Shape::Dot; LdU64 0; Ret
  line:
    MoveLoc s; UnpackVariantImmRef Shape::Line; ImmBorrowField P::x; ReadRef; Ret
  box:
    MoveLoc s; UnpackVariantImmRef Shape::Box; ReadRef; StLoc y; ReadRef; MoveLoc y; Mul; Ret
  }
  public some<T>(x: T): Self.Maybe<T> bytecode { MoveLoc x; PackVariant Maybe<T>::Some; Ret }
  public take<T>(m: Self.Maybe<T>): T bytecode { MoveLoc m; UnpackVariant Maybe<T>::Some; Ret }
  public set<T: drop>(m: &mut Self.Maybe<T>, x: T) bytecode {
    MoveLoc x; MoveLoc m; UnpackVariantMutRef Maybe<T>::Some; WriteRef; Ret
  }
  public box(x: u64): Self.Shape bytecode { CopyLoc x; MoveLoc x; PackVariant Shape::Box; Ret }
}
`;
