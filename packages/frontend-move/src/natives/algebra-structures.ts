import { type AlgebraStructure, bls12381Algebra, bn254Algebra } from "@dragoman/crypto";
import type { MoveType } from "../layout/move-type.ts";
import { formatType } from "../layout/type-tag.ts";
import { ALGEBRA_FORMAT_GAS, ALGEBRA_GAS, type AlgebraGas } from "./native-gas.ts";

export type AlgebraCurve = "bn254" | "bls12381";

/** A structure that a Move type names. */
export interface NamedStructure {
  readonly curve: AlgebraCurve;
  readonly name: StructureName;
  readonly gas: AlgebraGas;
  /** Bytes that an element counts for in the limit of a frame: those of the published implementation. */
  readonly size: number;
  readonly structure: AlgebraStructure;
}

type StructureName = "Fr" | "Fq" | "Fq12" | "Gt" | "G1" | "G2";

export const algebraOfCurve = (curve: AlgebraCurve) =>
  curve === "bn254" ? bn254Algebra() : bls12381Algebra();

const PARTS = {
  Fr: "scalars",
  Fq: "coordinates",
  Fq12: "extension",
  Gt: "target",
  G1: "g1",
  G2: "g2",
} as const;

/** Elements of so many coordinates; a scalar has 32 bytes. */
const COORDINATES = { Fr: 0, Fq: 1, Fq12: 12, Gt: 12, G1: 3, G2: 6 } as const;

const MODULES = new Map<string, AlgebraCurve>([
  ["0x1::bn254_algebra", "bn254"],
  ["0x1::bls12381_algebra", "bls12381"],
]);

/** Curve and last name of a type of one of the two modules. */
function nameOf(type: MoveType): readonly [AlgebraCurve, string] | undefined {
  const text = formatType(type);
  const at = text.lastIndexOf("::");
  const curve = MODULES.get(text.slice(0, at));
  return curve === undefined ? undefined : [curve, text.slice(at + 2)];
}

/** The structure that the type names; undefined for any other type. It is made when somebody calls for it. */
export function structureOf(type: MoveType): (() => NamedStructure) | undefined {
  const [curve, text] = nameOf(type) ?? [];
  if (curve === undefined || text === undefined || !Object.hasOwn(PARTS, text)) return undefined;
  const name = text as StructureName;
  const table: { readonly [name in StructureName]?: AlgebraGas } = ALGEBRA_GAS[curve];
  const gas = table[name];
  if (gas === undefined) return undefined;
  const size = name === "Fr" ? 32 : COORDINATES[name] * (curve === "bn254" ? 32 : 48);
  return () => ({
    curve,
    name,
    gas,
    size,
    structure: algebraOfCurve(curve)[PARTS[name]] as AlgebraStructure,
  });
}

/** A format of a structure with the prices of decoding and encoding; undefined where the structure has no such format. */
export function formatOf({ curve, structure }: NamedStructure, format: MoveType) {
  const [owner, name] = nameOf(format) ?? [];
  const found = name === undefined ? undefined : structure.formats.get(name);
  const prices = name === undefined ? undefined : ALGEBRA_FORMAT_GAS[curve][name];
  if (owner !== curve || found === undefined || prices === undefined) return undefined;
  return { format: found, decodeGas: prices[0], encodeGas: prices[1] };
}

/** The suite that the type names hashes to points of this group of BLS12-381. */
export function hashedGroup(suite: MoveType): "G1" | "G2" | undefined {
  const [curve, name] = nameOf(suite) ?? [];
  if (curve !== "bls12381") return undefined;
  if (name === "HashG1XmdSha256SswuRo") return "G1";
  return name === "HashG2XmdSha256SswuRo" ? "G2" : undefined;
}
