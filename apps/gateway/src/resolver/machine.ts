import { refuse } from "@dragoman/fault";
import type { MachineResolvers } from "@dragoman/schema";
import { GAS_DEFAULT, type Vm } from "@dragoman/vm";
import type { GatewayContext } from "../context.ts";
import { GAS_LIMIT_MAX } from "../world/limits.ts";

const FIRST_MAX = 100;

const NAMES: Record<Vm, string> = { evm: "Ethereum", svm: "Solana", move: "Move (Aptos)" };

const GAS_UNITS: Record<Vm, string> = {
  evm: "gas",
  svm: "compute units",
  move: "internal gas units",
};

export const machineResolvers: Required<MachineResolvers<GatewayContext>> = {
  id: ({ vm }) => vm,
  vm: ({ vm }) => vm,
  name: ({ vm }) => NAMES[vm],
  gasUnit: ({ vm }) => GAS_UNITS[vm],
  gasLimitDefault: ({ vm }) => GAS_DEFAULT[vm],
  gasLimitMax: ({ vm }) => GAS_LIMIT_MAX[vm],
  programs({ vm }, { first, after }, { world }) {
    if (first < 1 || first > FIRST_MAX) {
      const why = `\`first\` is 1 to ${FIRST_MAX}, not ${first}`;
      refuse("INVALID_ARGUMENT", undefined, why, { max: FIRST_MAX, first });
    }
    const programs = world.programs(vm);
    const begin = after == null ? 0 : programs.indexOf(world.program(after)) + 1;
    return programs.slice(begin, begin + first);
  },
};
