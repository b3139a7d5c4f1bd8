import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { fromBytesLE, toBytesLE } from "@dragoman/word";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import { abortNative } from "./abort.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { giveBool, unpaid } from "./native-result.ts";

/** `invalid_argument(EUNSUPPORTED_AGGREGATOR_TYPE)`: only u64 and u128 are counted. */
const UNSUPPORTED_TYPE = 0x10007n;

const isCounted = ({ kind }: MoveType): boolean => kind === "u64" || kind === "u128";

/** Reads and writes the numbers of an `Aggregator<IntElement> { value, max_value }`, which lie one after the other. */
function numbersOf(type: MoveType) {
  const { size } = type;
  return {
    read: (frame: Frame, at: number): bigint =>
      fromBytesLE(frame.memory.u8.subarray(at, at + size)),
    write: (frame: Frame, at: number, value: bigint): void => {
      frame.memory.u8.set(toBytesLE(value, size), at);
    },
    limit: (1n << BigInt(type.bits)) - 1n,
  };
}

/** The number in argument `index`. */
const argument = (frame: Frame, index: number, type: MoveType): bigint =>
  type.kind === "u64" ? frame.argI64(index) : frame.argWord(index);

/** A native of aggregators of the type. */
function ofType(
  type: MoveType,
  cost: number,
  run: (frame: Frame, numbers: ReturnType<typeof numbersOf>) => number,
): HostFunction {
  if (!isCounted(type)) return (frame) => abortNative(frame, UNSUPPORTED_TYPE);
  const numbers = numbersOf(type);
  return (frame) => (frame.charge(cost) ? run(frame, numbers) : unpaid(frame));
}

/** `create_aggregator<T>(max_value: T): Aggregator<T>`. */
export const createAggregator = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_CREATE, (frame, { write }) => {
    const target = frame.argI32(1);
    write(frame, target, 0n);
    write(frame, target + type.size, argument(frame, 0, type));
    return HOST.CONTINUE;
  });

/** `create_unbounded_aggregator<T>(): Aggregator<T>`. */
export const createUnbounded = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_CREATE, (frame, { write, limit }) => {
    const target = frame.argI32(0);
    write(frame, target, 0n);
    write(frame, target + type.size, limit);
    return HOST.CONTINUE;
  });

/** `try_add<T>(&mut Aggregator<T>, T): bool`. */
export const tryAdd = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_CHANGE, (frame, { read, write }) => {
    const at = frame.argI32(0);
    const sum = read(frame, at) + argument(frame, 1, type);
    const fits = sum <= read(frame, at + type.size);
    if (fits) write(frame, at, sum);
    return giveBool(frame, fits);
  });

/** `try_sub<T>(&mut Aggregator<T>, T): bool`. */
export const trySub = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_CHANGE, (frame, { read, write }) => {
    const at = frame.argI32(0);
    const difference = read(frame, at) - argument(frame, 1, type);
    if (difference >= 0n) write(frame, at, difference);
    return giveBool(frame, difference >= 0n);
  });

/** `is_at_least_impl<T>(&Aggregator<T>, T): bool`. */
export const isAtLeast = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_AT_LEAST, (frame, { read }) =>
    giveBool(frame, read(frame, frame.argI32(0)) >= argument(frame, 1, type)),
  );

/** `read<T>(&Aggregator<T>): T`, and the same of a snapshot. */
export const readNumber = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_READ, (frame, { read }) => {
    const value = read(frame, frame.argI32(0));
    if (type.kind === "u64") frame.resultI64(0, value);
    else frame.resultWord(0, value);
    return HOST.CONTINUE;
  });

/** `snapshot<T>(&Aggregator<T>): AggregatorSnapshot<T>`. */
export const snapshot = (type: MoveType): HostFunction =>
  ofType(type, NATIVE_GAS.AGGREGATOR_CHANGE, (frame) => {
    const from = frame.argI32(0);
    frame.memory.u8.copyWithin(frame.argI32(1), from, from + type.size);
    return HOST.CONTINUE;
  });

/** `create_snapshot<T>(T): AggregatorSnapshot<T>`. */
export function createSnapshot(type: MoveType): HostFunction {
  if (isInMemory(type)) return (frame) => abortNative(frame, UNSUPPORTED_TYPE);
  return ofType(type, NATIVE_GAS.AGGREGATOR_CHANGE, (frame, { write }) => {
    write(frame, frame.argI32(1), argument(frame, 0, type));
    return HOST.CONTINUE;
  });
}
