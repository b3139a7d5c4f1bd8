import type { Random } from "@dragoman/core/testing";
import { encodeFunctionData, type Hex } from "viem";
import type { Deployed } from "../protocol/deployment.ts";
import { TOOL, TOOLBOX, toolCall } from "./toolbox.ts";
import type { Order } from "./twin-forks.ts";

/** Whom random orders may concern. */
export interface Cast {
  /** Accounts with ether; the first has most. */
  readonly people: readonly Hex[];
  readonly toolbox: Hex;
  readonly token: Deployed;
  readonly forkedBlock: number;
}

const TOOLS = Object.keys(TOOL) as (keyof typeof TOOL)[];
/** Slots and token amounts are few, so that orders meet each other. */
const SLOTS = 8;
const AMOUNT_MAX = 600;
const WEI_MAX = 1000;

/** Calls and transactions on a fork, drawn from a seed. */
export class RandomOrders {
  readonly people: readonly Hex[];
  /** Grows by what is created. */
  readonly toolboxes: Hex[];
  readonly #random: Random;
  readonly #cast: Cast;

  constructor(random: Random, cast: Cast) {
    this.#random = random;
    this.#cast = cast;
    this.people = cast.people;
    this.toolboxes = [cast.toolbox];
  }

  next(): { readonly isCall: boolean; readonly order: Order } {
    const isCall = this.#random.oneIn(3);
    return { isCall, order: this.#order() };
  }

  #order(): Order {
    const random = this.#random;
    const from = random.pick(this.people);
    const value = random.oneIn(3) ? BigInt(random.below(WEI_MAX)) : 0n;
    switch (random.below(10)) {
      case 0:
        return { from, data: TOOLBOX };
      case 1:
        return { from, to: this.#anybody(), value };
      case 2:
      case 3:
      case 4:
        return { from, to: this.#cast.token.address, data: this.#tokenData() };
      default:
        return { from, to: random.pick(this.toolboxes), data: this.#toolData(), value };
    }
  }

  /** Somebody known, or an address that nobody has. */
  #anybody(): Hex {
    const random = this.#random;
    if (random.oneIn(3)) return `0x${(0x5000 + random.below(64)).toString(16).padStart(40, "0")}`;
    return random.pick([...this.people, ...this.toolboxes]);
  }

  #tokenData(): Hex {
    const random = this.#random;
    const amount = BigInt(random.below(AMOUNT_MAX));
    const [who, whom] = [random.pick(this.people), this.#anybody()];
    const [functionName, args] = random.pick<readonly [string, readonly unknown[]]>([
      ["transfer", [whom, amount]],
      ["approve", [whom, amount]],
      ["transferFrom", [who, whom, amount]],
      ["mint", [whom, amount]],
      ["balanceOf", [whom]],
    ]);
    return encodeFunctionData({ abi: this.#cast.token.abi, functionName, args });
  }

  #toolData(): Hex {
    const random = this.#random;
    const name = random.pick(TOOLS);
    if (name === "LOOK" || name === "FORWARD") return toolCall(name, BigInt(this.#anybody()));
    if (name === "BLOCK_HASH") {
      // Blocks above the forked one have hashes of their own on each fork.
      return toolCall(name, BigInt(Math.max(0, this.#cast.forkedBlock - random.below(20))));
    }
    return toolCall(name, BigInt(random.below(SLOTS)), BigInt(random.below(3)));
  }
}
