/** Closures of every kind: of version 8. */
export const CLOSURE_SEED_TEXT = `version 8;
module 0x42.closures {
  struct Pair has copy, drop, store { x: u64, v: vector<u8> }
  struct Holder has key { f: |u64|(u64) has copy + drop + store }
  public add(a: u64, b: u64): u64 with persistent bytecode { MoveLoc a; MoveLoc b; Add; Ret }
  length(p: Self.Pair, by: u64): u64 with persistent bytecode {
    MutBorrowLoc p; MutBorrowField Pair::v; LdU8 7; VecPushBack<u8>
    ImmBorrowLoc p; ImmBorrowField Pair::v; VecLen<u8>
    ImmBorrowLoc p; ImmBorrowField Pair::x; ReadRef; Add; MoveLoc by; Mul; Ret
  }
  twice<T: copy + drop>(x: T): T * T bytecode { CopyLoc x; MoveLoc x; Ret }
  bump(by: u64, r: &mut u64) bytecode {
    CopyLoc r; ReadRef; MoveLoc by; Add; MoveLoc r; WriteRef; Ret
  }
  apply(f: |u64|(u64) has copy + drop, x: u64): u64 bytecode {
    MoveLoc x; MoveLoc f; CallClosure <|u64|(u64) has copy + drop>; Ret
  }
  first(a: u64, b: u64): u64 bytecode {
    let f: |u64|(u64) has copy + drop;
    MoveLoc a; PackClosure Self.add 1; StLoc f
    MoveLoc b; MoveLoc f; CallClosure <|u64|(u64) has copy + drop>; Ret
  }
  second(a: u64, b: u64): u64 bytecode {
    MoveLoc a; PackClosure Self.add 2; MoveLoc b; Call Self.apply; Ret
  }
  generic(x: u8): u8 * u8 bytecode {
    MoveLoc x; PackClosureGeneric Self.twice<u8> 0; CallClosure <|u8|(u8, u8)>; Ret
  }
  owned(): u64 * u64 bytecode {
    let f: |u64|(u64) has copy + drop + store;
    LdU64 100; LdU8 1; LdU8 2; VecPack<u8> 2; Pack Pair; PackClosure Self.length 1; StLoc f
    LdU64 1; CopyLoc f; CallClosure <|u64|(u64) has copy + drop + store>
    LdU64 2; MoveLoc f; CallClosure <|u64|(u64) has copy + drop + store>
    Ret
  }
  references(x: u64): u64 bytecode {
    MutBorrowLoc x; LdU64 5; PackClosure Self.bump 1; CallClosure <|&mut u64|()>
    MoveLoc x; Ret
  }
  store(s: &signer, a: u64) bytecode {
    MoveLoc s; MoveLoc a; PackClosure Self.add 1; Pack Holder; MoveTo Holder; Ret
  }
  stored(at: address, x: u64): u64 acquires Holder bytecode {
    MoveLoc x; MoveLoc at; ImmBorrowGlobal Holder; ImmBorrowField Holder::f; ReadRef
    CallClosure <|u64|(u64) has copy + drop + store>; Ret
  }
}
`;

/** Enums and switches of the Sui flavour. */
export const SUI_SEED_TEXT = `version 0x5000007;
module 0x42.shapes {
  enum Shape has copy, drop { Dot { }, Line { length: u64 }, Box { x: u64, y: vector<u64> } }
  enum Maybe<T> has copy, drop { None { }, Some { value: T } }
  area(s: Self.Shape): u64 bytecode {
    ImmBorrowLoc s; VariantSwitch Shape { Dot: dot, Line: line, Box: box }
  dot:
    LdU64 0; Ret
  line:
    ImmBorrowLoc s; UnpackVariantImmRef Shape::Line; ReadRef; Ret
  box:
    MoveLoc s; UnpackVariant Shape::Box; VecUnpack<u64> 1; Mul; Ret
  }
  grow(s: &mut Self.Shape, by: u64) bytecode {
    let v: &mut vector<u64>; let x: &mut u64;
    MoveLoc s; UnpackVariantMutRef Shape::Box; StLoc v; StLoc x
    MoveLoc v; CopyLoc by; VecPushBack<u64>
    CopyLoc x; ReadRef; MoveLoc by; Add; MoveLoc x; WriteRef; Ret
  }
  or<T: copy + drop>(m: Self.Maybe<T>, x: T): T bytecode {
    ImmBorrowLoc m; VariantSwitch Maybe { None: none, Some: some }
  none:
    MoveLoc x; Ret
  some:
    ImmBorrowLoc m; UnpackVariantImmRef Maybe<T>::Some; ReadRef; Ret
  }
  make(x: u64): u64 bytecode {
    MoveLoc x; PackVariant Maybe<u64>::Some; LdU64 4; Call Self.or<u64>; Ret
  }
}
`;

/** A module with every kind of declaration and many kinds of instruction, to mutate. */
export const FUZZ_SEED_TEXT = `
module 0x42.seed {
  metadata x"6b" x"0102";
  friend 0x42.other;
  import 0x1.vector { reverse<T>(v: &mut vector<T>); }
  struct P has copy, drop, store { x: u64, y: vector<u8> }
  struct R<T> has key, store { v: T, n: u128 }
  struct Q<phantom T> has copy, drop, store { x: u256 }
  enum E<T> has copy, drop, store { A { x: T }, B { x: T, y: bool }, C { } }

  public sum(v: &vector<u64>): u64 bytecode {
    let i: u64; let s: u64;
    LdU64 0; StLoc i; LdU64 0; StLoc s
  head:
    CopyLoc i; CopyLoc v; VecLen<u64>; Lt; BrFalse done
    MoveLoc s; CopyLoc v; CopyLoc i; VecImmBorrow<u64>; ReadRef; Add; StLoc s
    MoveLoc i; LdU64 1; Add; StLoc i
    Branch head
  done:
    MoveLoc v; Pop; MoveLoc s; Ret
  }
  public first<T: copy + drop>(e: Self.E<T>): T bytecode {
    ImmBorrowLoc e; TestVariant E<T>::A; BrFalse other
    MoveLoc e; UnpackVariant E<T>::A; Ret
  other:
    ImmBorrowLoc e; ImmBorrowVariantField E<T>::A|B::x; ReadRef; Ret
  }
  public make<T>(x: T): Self.E<T> bytecode { MoveLoc x; LdTrue; PackVariant E<T>::B; Ret }
  public grow(p: &mut Self.P, b: u8): &mut vector<u8> bytecode {
    CopyLoc p; MutBorrowField P::y; MoveLoc b; VecPushBack<u8>
    CopyLoc p; MutBorrowField P::y; Call vector.reverse<u8>
    MoveLoc p; MutBorrowField P::y; Ret
  }
  public entry put(s: signer, n: u128) bytecode {
    ImmBorrowLoc s; LdU64 7; MoveLoc n; Pack R<u64>; MoveTo R<u64>; Ret
  }
  public take(a: address): u64 acquires R bytecode {
    CopyLoc a; Exists R<u64>; BrTrue there
    LdU64 1; Abort
  there:
    LdU128 5; CopyLoc a; MutBorrowGlobal R<u64>; MutBorrowField R<u64>::n; WriteRef
    MoveLoc a; MoveFrom R<u64>; Unpack R<u64>; Pop; Ret
  }
  public(friend) bits(x: u256, y: u16, z: u32): bool bytecode {
    CopyLoc x; LdU8 3; Shl; LdU256 99; Xor; MoveLoc x; BitOr; CastU64
    MoveLoc y; CastU64; Mul; MoveLoc z; CastU64; LdU64 2; Div; Sub; LdU64 10; Mod
    LdU64 4; Ge; Not; LdFalse; Or; Ret
  }
  public twice<T: copy>(x: &T): T * T bytecode { CopyLoc x; ReadRef; MoveLoc x; ReadRef; Ret }
  public consts(): vector<u8> bytecode {
    LdConst vector<u8> b"seed"; LdConst address 0x42; Pop; LdConst u128 9; Pop; Ret
  }
  native hidden<T: drop>(x: T, y: &mut Self.Q<T>): u8;
}
`;
