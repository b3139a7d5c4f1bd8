import type {
  AnyShape,
  Execution,
  FieldValues,
  Shape,
  SubstrateLedger,
} from "@dragoman/ledger-substrate";

/** What a runtime method works on: the state of the block that it was called at. */
export interface RuntimeContext {
  readonly ledger: SubstrateLedger;
  readonly execution: Execution;
}

type Inputs = Readonly<Record<string, AnyShape>>;

export interface RuntimeApiMethod {
  readonly inputs: Inputs;
  readonly output: AnyShape;
  readonly docs: string;
  run(context: RuntimeContext, inputs: Readonly<Record<string, unknown>>): unknown;
}

/** An interface that the runtime has towards its node: `state_call`, metadata V15 and the runtime version are derived from it. */
export interface RuntimeApi {
  readonly name: string;
  readonly version: number;
  readonly methods: Readonly<Record<string, RuntimeApiMethod>>;
}

/** One method. */
export function method<const I extends Inputs, O>(
  inputs: I,
  output: Shape<O>,
  docs: string,
  run: (context: RuntimeContext, inputs: FieldValues<I>) => O,
): RuntimeApiMethod {
  return { inputs, output, docs, run: (context, given) => run(context, given as FieldValues<I>) };
}
