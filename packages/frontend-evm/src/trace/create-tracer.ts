import { refuse } from "@dragoman/fault";
import { CallTracer } from "./call-tracer.ts";
import { Erc7562Tracer } from "./erc7562-tracer.ts";
import { FlatCallTracer, type TracePlace } from "./flat-call-tracer.ts";
import { FourByteTracer } from "./four-byte-tracer.ts";
import { LegacyCallTracer } from "./legacy-call-tracer.ts";
import { LegacyPrestateTracer } from "./legacy-prestate-tracer.ts";
import { MuxTracer } from "./mux-tracer.ts";
import { NoopTracer } from "./noop-tracer.ts";
import { PrestateTracer } from "./prestate-tracer.ts";
import { StructLogger } from "./struct-logger.ts";
import type { Tracer } from "./tracer.ts";

type Options = Readonly<Record<string, unknown>>;
type Make = (options: Options, place: TracePlace | undefined) => Tracer;

/** Tracers by the name that RPC knows them by. */
const TRACERS: Readonly<Record<string, Make>> = {
  callTracer: (options) =>
    new CallTracer({
      onlyTopCall: flag(options, "onlyTopCall"),
      withLog: flag(options, "withLog"),
    }),
  flatCallTracer: (options, place) =>
    new FlatCallTracer(
      {
        convertParityErrors: flag(options, "convertParityErrors"),
        includePrecompiles: flag(options, "includePrecompiles"),
      },
      place,
    ),
  prestateTracer: (options) => {
    const [diffMode, includeEmpty] = [flag(options, "diffMode"), flag(options, "includeEmpty")];
    if (diffMode && includeEmpty) refuseConfig("cannot use diffMode with includeEmpty");
    const [disableCode, disableStorage] = [
      flag(options, "disableCode"),
      flag(options, "disableStorage"),
    ];
    return new PrestateTracer({ diffMode, includeEmpty, disableCode, disableStorage });
  },
  "4byteTracer": () => new FourByteTracer(),
  callTracerLegacy: () => new LegacyCallTracer(),
  prestateTracerLegacy: () => new LegacyPrestateTracer(),
  erc7562Tracer: (options) => {
    const ignoredOpcodes = opcodes(options, "ignoredOpcodes");
    return new Erc7562Tracer({
      withLog: flag(options, "withLog"),
      ...(ignoredOpcodes === undefined ? {} : { ignoredOpcodes }),
    });
  },
  noopTracer: () => new NoopTracer(),
  muxTracer: (options, place) => {
    const entries = Object.entries(options);
    return new MuxTracer(
      new Map(entries.map(([name, own]) => [name, createTracer(name, own, place)])),
    );
  },
};

/** Names that {@link createTracer} takes. */
export const TRACER_NAMES: readonly string[] = Object.keys(TRACERS);

/**
 * The tracer of a name with its options as they come in JSON.
 *
 * Faults: UNSUPPORTED_TRACER, INVALID_TRACER_CONFIG.
 */
export function createTracer(name: string, config?: unknown, place?: TracePlace): Tracer {
  const make = Object.hasOwn(TRACERS, name) ? TRACERS[name] : undefined;
  if (make === undefined) {
    refuse("UNSUPPORTED_TRACER", undefined, `tracer not found: ${name.slice(0, 40)}`);
  }
  return make(optionsOf(config), place);
}

/** The logger of instructions with its options as they come in JSON. Faults: INVALID_TRACER_CONFIG. */
export function createStructLogger(config?: unknown, sizeMax?: number): StructLogger {
  const options = optionsOf(config);
  const { limit } = options;
  if (limit != null && !(Number.isSafeInteger(limit) && (limit as number) >= 0)) {
    refuseConfig("limit is no count");
  }
  return new StructLogger({
    disableStack: flag(options, "disableStack"),
    enableMemory: flag(options, "enableMemory"),
    disableStorage: flag(options, "disableStorage"),
    enableReturnData: flag(options, "enableReturnData"),
    limit: (limit as number | null | undefined) ?? 0,
    ...(sizeMax === undefined ? {} : { sizeMax }),
  });
}

function optionsOf(config: unknown): Options {
  if (config === undefined || config === null) return {};
  if (typeof config !== "object" || Array.isArray(config))
    refuseConfig("the options are no object");
  return config as Options;
}

function flag(options: Options, name: string): boolean {
  const value = options[name];
  if (value === undefined || value === null) return false;
  return typeof value === "boolean" ? value : refuseConfig(`${name} is neither true nor false`);
}

/** Codes of instructions in 0x hex. */
function opcodes(options: Options, name: string): number[] | undefined {
  const value = options[name];
  if (value === undefined || value === null) return undefined;
  const isList = Array.isArray(value) && value.every((item) => /^0x[0-9a-f]{1,2}$/i.test(item));
  return isList ? value.map(Number) : refuseConfig(`${name} is no list of instructions in 0x hex`);
}

function refuseConfig(why: string): never {
  refuse("INVALID_TRACER_CONFIG", undefined, why);
}
