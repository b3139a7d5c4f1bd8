import { enumeration, row, struct, type VariantValue } from "../scale/compounds.ts";
import { U32 } from "../scale/numbers.ts";
import { sequence } from "../scale/sequences.ts";
import type { AnyShape, FieldValues, Shape, Value } from "../scale/shape.ts";
import { BALANCES } from "./balances.ts";
import { type Pallet, valueOr } from "./pallet.ts";
import { type DispatchError, H256 } from "./primitives.ts";
import { REVIVE } from "./revive.ts";
import { SYSTEM } from "./system.ts";
import { TIMESTAMP } from "./timestamp.ts";
import { TRANSACTION_PAYMENT } from "./transaction-payment.ts";

/** The runtime: everything that decodes, executes or describes reads it from here. */
export const PALLETS = {
  System: SYSTEM,
  Timestamp: TIMESTAMP,
  Balances: BALANCES,
  TransactionPayment: TRANSACTION_PAYMENT,
  Revive: REVIVE,
} as const satisfies Readonly<Record<string, Pallet>>;
export type Pallets = typeof PALLETS;
export type PalletName = keyof Pallets;

/** A call: the pallet's name and, inside, the call's name and arguments. */
export type RuntimeCall = {
  readonly [P in PalletName]: {
    readonly type: P;
    readonly value: readonly [VariantValue<Pallets[P]["calls"]>];
  };
}[PalletName];

/** An event: the pallet's name and, inside, the event's name and fields. */
export type RuntimeEvent = {
  readonly [P in PalletName]: {
    readonly type: P;
    readonly value: readonly [VariantValue<Pallets[P]["events"]>];
  };
}[PalletName];

const snake = (name: string): string =>
  `pallet_${name.replace(/(?<=.)[A-Z]/g, "_$&").toLowerCase()}`;
const crate = (pallet: Pallet): string =>
  pallet.name === "System" ? "frame_system" : snake(pallet.name);

export interface PalletShapes {
  readonly calls: AnyShape | undefined;
  readonly events: AnyShape | undefined;
  readonly errors: AnyShape | undefined;
}

const shapesOf = (pallet: Pallet): PalletShapes => {
  const path = `${crate(pallet)}::pallet`;
  const of = (kind: string, rows: Pallet["calls"]): AnyShape | undefined =>
    Object.keys(rows).length === 0 ? undefined : enumeration(`${path}::${kind}`, rows);
  return {
    calls: of("Call", pallet.calls),
    events: of("Event", pallet.events),
    errors: of("Error", pallet.errors),
  };
};

/** Calls, events and errors of each pallet; undefined where it has none. */
export const PALLET_SHAPES: Readonly<Record<PalletName, PalletShapes>> = {
  System: shapesOf(SYSTEM),
  Timestamp: shapesOf(TIMESTAMP),
  Balances: shapesOf(BALANCES),
  TransactionPayment: shapesOf(TRANSACTION_PAYMENT),
  Revive: shapesOf(REVIVE),
};

function outer(path: string, kind: keyof PalletShapes): AnyShape {
  const rows = Object.values(PALLETS).flatMap((pallet) => {
    const shape = PALLET_SHAPES[pallet.name][kind];
    return shape === undefined ? [] : [[pallet.name, row(pallet.index, [shape])] as const];
  });
  return enumeration(path, Object.fromEntries(rows));
}

export const RUNTIME_CALL = outer("dragoman_runtime::RuntimeCall", "calls") as Shape<RuntimeCall>;
export const RUNTIME_EVENT = outer(
  "dragoman_runtime::RuntimeEvent",
  "events",
) as Shape<RuntimeEvent>;
export const RUNTIME_ERROR = outer("dragoman_runtime::RuntimeError", "errors");

const PHASE = enumeration("frame_system::Phase", {
  ApplyExtrinsic: row(0, [U32]),
  Finalization: row(1, []),
  Initialization: row(2, []),
});

/** An event with the extrinsic that made it. */
export const EVENT_RECORD = struct(
  "frame_system::EventRecord",
  { phase: PHASE, event: RUNTIME_EVENT, topics: sequence(H256) },
  { E: RUNTIME_EVENT, T: H256 },
);
export type EventRecord = Value<typeof EVENT_RECORD>;

/** `System.Events`: outside of the pallet's table, because its type is made of all tables. */
export const EVENTS = valueOr(sequence(EVENT_RECORD), [], "Events of the block.");

/** Makes an event. */
export function eventOf<P extends PalletName, E extends keyof Pallets[P]["events"] & string>(
  pallet: P,
  name: E,
  fields: Pallets[P]["events"][E] extends { fields: infer F extends Record<string, AnyShape> }
    ? FieldValues<F>
    : never,
): RuntimeEvent {
  return { type: pallet, value: [{ type: name, value: fields }] } as unknown as RuntimeEvent;
}

/** A pallet's own error. */
export function moduleError<P extends PalletName>(
  pallet: P,
  name: keyof Pallets[P]["errors"] & string,
): DispatchError {
  const { index, errors } = PALLETS[pallet] as Pallet;
  const error = Uint8Array.of(errors[name]!.index, 0, 0, 0);
  return { type: "Module", value: [{ index, error }] };
}

/** Name of a dispatch error, for a person: `Revive.ContractReverted`. */
export function describeDispatchError(error: DispatchError): string {
  if (error.type === "Token") return `Token.${error.value[0].type}`;
  if (error.type === "Arithmetic") return `Arithmetic.${error.value[0].type}`;
  if (error.type !== "Module") return error.type;
  const [{ index, error: code }] = error.value;
  const pallet: Pallet | undefined = Object.values(PALLETS).find((one) => one.index === index);
  const found = Object.entries(pallet?.errors ?? {}).find(([, one]) => one.index === code[0]);
  return `${pallet?.name ?? index}.${found?.[0] ?? code[0]}`;
}
