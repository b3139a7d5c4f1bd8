import { decodeBase58, decodeHex } from "@dragoman/bytes";
import { splTokenElf, WELL_KNOWN_PROGRAMS } from "@dragoman/ledger-svm";
import type { World } from "../world/world.ts";
import { lyraCreationCode } from "./lyra.ts";
import { marginModule } from "./margin-module.ts";

/** Where the examples of the EVM stand. */
export const BLACK_SCHOLES_ADDRESS = "b1ac5c401e500000000000000000000000000001";
export const OPTION_PRICER_ADDRESS = "b1ac5c401e500000000000000000000000000002";

/**
 * Installs the programs that the demo query runs: Lyra's Black-Scholes library and the contract that calls it, SPL Token, and a margin
 * module of our own. What its npm package was not installed for is left out, and `log` says so.
 */
export async function installExamples(world: World, log: (line: string) => void): Promise<void> {
  const library = lyraCreationCode("BlackScholes");
  const pricer = lyraCreationCode("TestBlackScholes", BLACK_SCHOLES_ADDRESS);
  if (library === undefined || pricer === undefined) {
    log("example left out: @lyrafinance/protocol is not installed");
  } else {
    construct(world, library, BLACK_SCHOLES_ADDRESS, "Lyra BlackScholes (library)");
    construct(world, pricer, OPTION_PRICER_ADDRESS, "Lyra TestBlackScholes");
  }
  const token = await splTokenElf();
  if (token === undefined) log("example left out: litesvm is not installed for this platform");
  else {
    const at = decodeBase58(WELL_KNOWN_PROGRAMS.token);
    world.deploy({ vm: "svm", code: token, at, name: "SPL Token" });
  }
  world.deploy({ vm: "move", code: marginModule(), name: "Margin accounts" });
}

function construct(world: World, code: Uint8Array, at: string, name: string): void {
  world.deploy({ vm: "evm", code, at: decodeHex(at), construct: true, name });
}
