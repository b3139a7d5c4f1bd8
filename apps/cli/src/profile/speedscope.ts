import type { CodeFunction } from "./code-map.ts";
import type { StackNode, Stretch } from "./profiler.ts";

/** A file of speedscope (github.com/jlfwong/speedscope, src/lib/file-format-spec.ts), as far as it is written here. */
export interface SpeedscopeFile {
  readonly $schema: "https://www.speedscope.app/file-format-schema.json";
  readonly name: string;
  readonly exporter: string;
  readonly activeProfileIndex: number;
  readonly shared: { readonly frames: readonly SpeedscopeFrame[] };
  readonly profiles: readonly SampledProfile[];
}

interface SpeedscopeFrame {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}

/** Samples are stacks as indices of frames, the outermost first; each has a weight. */
interface SampledProfile {
  readonly type: "sampled";
  readonly name: string;
  readonly unit: "none" | "milliseconds";
  readonly startValue: number;
  readonly endValue: number;
  readonly samples: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Gas and time of a run as two profiles, in the order of execution. */
export function speedscopeFile(name: string, stretches: readonly Stretch[]): SpeedscopeFile {
  const frames: SpeedscopeFrame[] = [];
  const indices = new Map<string, number>();
  const samples: (readonly number[])[] = [];
  const known = new Map<StackNode, readonly number[]>();
  const indexOf = ({ name: label, file, line }: CodeFunction): number => {
    const key = `${label}\n${file ?? ""}\n${line ?? 0}`;
    let index = indices.get(key);
    if (index === undefined) {
      index = frames.length;
      indices.set(key, index);
      frames.push({
        name: label,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
      });
    }
    return index;
  };
  const sampleOf = (stack: StackNode): readonly number[] => {
    let sample = known.get(stack);
    if (sample === undefined) {
      const below = stack.caller === undefined ? [] : sampleOf(stack.caller);
      sample = [...below, indexOf(stack.fn)];
      known.set(stack, sample);
    }
    return sample;
  };
  for (const { stack } of stretches) samples.push(sampleOf(stack));
  const profile = (of: "gas" | "ms", unit: SampledProfile["unit"]): SampledProfile => {
    const weights = stretches.map((stretch) => Math.max(0, stretch[of]));
    const endValue = weights.reduce((sum, weight) => sum + weight, 0);
    const title = of === "gas" ? "gas" : "time in the interpreter";
    return { type: "sampled", name: title, unit, startValue: 0, endValue, samples, weights };
  };
  return {
    $schema: "https://www.speedscope.app/file-format-schema.json",
    name,
    exporter: "dragoman",
    activeProfileIndex: 0,
    shared: { frames },
    profiles: [profile("gas", "none"), profile("ms", "milliseconds")],
  };
}
