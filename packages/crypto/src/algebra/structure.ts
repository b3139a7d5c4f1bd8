/**
 * A finite field or a group of prime order with its encodings. Elements are what the structure itself gives out; those of one structure mean nothing to
 * another.
 */
export interface AlgebraStructure<Element = unknown> {
  /** Number of elements, little-endian, in as many bytes as an element of the field (a scalar, for a group). */
  readonly order: Uint8Array;
  readonly zero: Element;
  /** One of a field; the generator of a group. */
  readonly one: Element;
  add(left: Element, right: Element): Element;
  subtract(left: Element, right: Element): Element;
  negate(element: Element): Element;
  equals(left: Element, right: Element): boolean;
  readonly field?: FieldOperations<Element>;
  readonly group?: GroupOperations<Element>;
  readonly formats: ReadonlyMap<string, ElementFormat<Element>>;
}

/** What fields have beside sums. */
export interface FieldOperations<Element = unknown> {
  multiply(left: Element, right: Element): Element;
  square(element: Element): Element;
  /** Undefined for zero. */
  invert(element: Element): Element | undefined;
  /** Any number from 0. */
  fromNumber(value: bigint): Element;
}

/** What groups have beside sums; scalars are numbers below the order. */
export interface GroupOperations<Element = unknown> {
  double(element: Element): Element;
  multiply(element: Element, scalar: bigint): Element;
  /** Sum of products. Undefined where the library has none for the group. */
  readonly sumProducts?: (elements: readonly Element[], scalars: readonly bigint[]) => Element;
}

/** One encoding of the elements of a structure. */
export interface ElementFormat<Element = unknown> {
  encode(element: Element): Uint8Array;
  /** Undefined for bytes that are no element, or not its only encoding. */
  decode(bytes: Uint8Array): Element | undefined;
}
