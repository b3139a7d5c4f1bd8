import type { LaidField, LaidVariant, MoveType } from "./move-type.ts";

export interface FieldSource {
  readonly name: string;
  readonly type: MoveType;
}

/** A laid out struct or enum without its name. */
export interface Laid {
  readonly size: number;
  readonly align: number;
  readonly fields: readonly LaidField[];
  readonly variants: readonly LaidVariant[];
  readonly plain: boolean;
  readonly dense: boolean;
  readonly depth: number;
  readonly holdsClosures: boolean;
}

export const alignUp = (offset: number, align: number): number => Math.ceil(offset / align) * align;

/** Fields one behind the other, each at its natural alignment, in the order of their declaration. */
export function layOutFields(
  sources: readonly FieldSource[],
  start = 0,
): { fields: LaidField[]; end: number; align: number } {
  let end = start;
  let align = 1;
  const fields = sources.map(({ name, type }) => {
    const offset = alignUp(end, type.align);
    end = offset + type.size;
    align = Math.max(align, type.align);
    return { name, type, offset };
  });
  return { fields, end, align };
}

export function layOutStruct(sources: readonly FieldSource[]): Laid {
  const { fields, end, align } = layOutFields(sources);
  const size = alignUp(end, align);
  const filled = fields.reduce((sum, field) => sum + field.type.size, 0);
  return {
    size,
    align,
    fields,
    variants: [],
    plain: fields.every((field) => field.type.plain),
    dense: size === filled && fields.every((field) => field.type.dense),
    depth: 1 + deepest(fields),
    holdsClosures: fields.some((field) => field.type.holdsClosures),
  };
}

/** An enum is the index of its variant, an u32, and the fields of the variants over each other. */
export function layOutEnum(
  sources: readonly { readonly name: string; readonly fields: readonly FieldSource[] }[],
): Laid {
  const widest = sources.flatMap((variant) => variant.fields.map((field) => field.type.align));
  const align = Math.max(4, ...widest);
  const laid = sources.map((variant) => layOutFields(variant.fields, align));
  const end = Math.max(4, ...laid.map((variant) => variant.end));
  return {
    size: alignUp(end, align),
    align,
    fields: [],
    variants: laid.map(({ fields }, index) => ({ name: sources[index]!.name, fields })),
    plain: laid.every(({ fields }) => fields.every((field) => field.type.plain)),
    dense: false,
    depth: 1 + Math.max(0, ...laid.map(({ fields }) => deepest(fields))),
    holdsClosures: laid.some(({ fields }) => fields.some((field) => field.type.holdsClosures)),
  };
}

function deepest(fields: readonly LaidField[]): number {
  return fields.reduce((depth, field) => Math.max(depth, field.type.depth), 0);
}
