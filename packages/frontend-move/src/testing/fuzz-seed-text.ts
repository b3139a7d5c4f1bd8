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
