import type { Dialect } from "./dialect.ts";

/** Generic types and functions that every random module has; expressions call them with the types that they need. */
export function genericText({ globals, closures, switches }: Dialect): string {
  return [
    COMMON,
    switches ? SWITCHES : TESTS,
    ...(globals ? [GLOBALS] : []),
    ...(closures ? [CLOSURES] : []),
  ].join("\n");
}

const COMMON = `enum Opt<T> has copy, drop, store { None { }, Some { f0: T, f1: u8 }, Two { f0: T } }
id<T: copy + drop>(x: T): T bytecode { MoveLoc x; Ret }
again<T: copy + drop>(x: &T): T bytecode { MoveLoc x; ReadRef; Call Self.id<T>; Ret }
box<T: copy + drop>(x: &T, n: u8): Self.Box<T> bytecode {
  MoveLoc x; Call Self.again<T>; MoveLoc n; Pack Box<T>; Ret
}
inside<T: copy + drop>(b: Self.Box<T>): T bytecode { MoveLoc b; Unpack Box<T>; Pop; Ret }
at<T>(v: &vector<T>, i: u64): &T bytecode { MoveLoc v; MoveLoc i; VecImmBorrow<T>; Ret }
last<T: drop>(v: vector<T>): T bytecode { MutBorrowLoc v; VecPopBack<T>; Ret }
three<T: copy + drop>(x: T, y: T): vector<T> bytecode {
  CopyLoc x; MoveLoc y; MoveLoc x; VecPack<T> 3; Ret
}
frozen<T>(x: &mut T): &T bytecode { MoveLoc x; FreezeRef; Ret }
part<T>(b: &mut Self.Box<T>): &mut T bytecode { MoveLoc b; MutBorrowField Box<T>::f0; Ret }
look<T>(b: &Self.Box<T>): &T bytecode { MoveLoc b; ImmBorrowField Box<T>::f0; Ret }
boxed<T: copy + drop>(x: T, y: T): T bytecode {
  let b: Self.Box<T>;
  MoveLoc x; LdU8 1; Pack Box<T>; StLoc b
  MoveLoc y; MutBorrowLoc b; Call Self.part<T>; WriteRef
  ImmBorrowLoc b; Call Self.look<T>; ReadRef; Ret
}
wrap<T: copy + drop>(x: T, n: u8): Self.Opt<T> bytecode {
  LdU8 3; CopyLoc n; Lt; BrTrue two
  MoveLoc x; MoveLoc n; PackVariant Opt<T>::Some; Ret
two:
  MoveLoc x; PackVariant Opt<T>::Two; Ret
}
some<T: copy + drop>(o: Self.Opt<T>): T bytecode { MoveLoc o; UnpackVariant Opt<T>::Some; Pop; Ret }`;

const TESTS = `unwrap<T: copy + drop>(o: Self.Opt<T>, y: T): T bytecode {
  ImmBorrowLoc o; TestVariant Opt<T>::None; BrFalse full
  MoveLoc y; Ret
full:
  CopyLoc y; MutBorrowLoc o; MutBorrowVariantField Opt<T>::Some|Two::f0; WriteRef
  ImmBorrowLoc o; ImmBorrowVariantField Opt<T>::Some|Two::f0; ReadRef; Ret
}`;

const GLOBALS = `struct Q<T> has key, drop { f0: T, f1: u64 }
keep<T: copy + drop + store>(s: &signer, x: T): T acquires Q bytecode {
  let a: address;
  CopyLoc s; Call signer.address_of; StLoc a
  CopyLoc a; Exists Q<T>; BrFalse make
  CopyLoc x; CopyLoc a; MutBorrowGlobal Q<T>; MutBorrowField Q<T>::f0; WriteRef
  Branch done
make:
  CopyLoc s; CopyLoc x; LdU64 1; Pack Q<T>; MoveTo Q<T>
done:
  MoveLoc a; ImmBorrowGlobal Q<T>; ImmBorrowField Q<T>::f0; ReadRef; Ret
}
gone<T: copy + drop + store>(s: &signer, x: T): T acquires Q bytecode {
  let a: address;
  MoveLoc s; Call signer.address_of; StLoc a
  CopyLoc a; Exists Q<T>; BrTrue there
  MoveLoc x; Ret
there:
  MoveLoc a; MoveFrom Q<T>; Unpack Q<T>; Pop; Ret
}`;

const SWITCHES = `unwrap<T: copy + drop>(o: Self.Opt<T>, y: T): T bytecode {
  ImmBorrowLoc o; VariantSwitch Opt { None: none, Some: some, Two: two }
none:
  MoveLoc y; Ret
some:
  CopyLoc y; MutBorrowLoc o; UnpackVariantMutRef Opt<T>::Some; Pop; WriteRef
  ImmBorrowLoc o; UnpackVariantImmRef Opt<T>::Some; Pop; ReadRef; Ret
two:
  MoveLoc o; UnpackVariant Opt<T>::Two; Ret
}`;

const CLOSURES = `first<T: copy + drop>(x: T, y: T): T bytecode { MoveLoc x; Ret }
later<T: copy + drop>(x: T, y: T): T bytecode {
  MoveLoc x; MoveLoc y; PackClosureGeneric Self.first<T> 2; CallClosure <|T|(T)>; Ret
}
each<T: copy + drop>(v: vector<T>, f: |T|(T) has copy + drop): vector<T> bytecode {
  let i: u64;
  LdU64 0; StLoc i
next:
  CopyLoc i; ImmBorrowLoc v; VecLen<T>; Lt; BrFalse done
  ImmBorrowLoc v; CopyLoc i; VecImmBorrow<T>; ReadRef
  CopyLoc f; CallClosure <|T|(T) has copy + drop>
  MutBorrowLoc v; CopyLoc i; VecMutBorrow<T>; WriteRef
  MoveLoc i; LdU64 1; Add; StLoc i; Branch next
done:
  MoveLoc v; Ret
}
mapped<T: copy + drop>(x: T, y: T): T bytecode {
  MoveLoc x; CopyLoc y; Call Self.three<T>
  MoveLoc y; PackClosureGeneric Self.first<T> 1; Call Self.each<T>; Call Self.last<T>; Ret
}`;
