import { decodeHex } from "@dragoman/bytes";
import type { MarketEvent } from "@dragoman/chain";
import { decodePacket } from "@dragoman/protocol";

const MICRO = 1_000_000n;

/** One line about an event. `name`: an owner in short. */
export function describeEvent(event: MarketEvent, name: (owner: string) => string): string {
  switch (event.type) {
    case "Deposited":
      return `${name(event.owner)} deposits ${dollars(event.amount)}`;
    case "Withdrawn":
      return `${name(event.owner)} withdraws ${dollars(event.amount)}`;
    case "PoolFunded":
      return `${name(event.owner)} gives ${dollars(event.amount)} to the pool`;
    case "PerpTraded": {
      const { isLong, size, price, pnl } = event;
      const gain = pnl === 0n ? "" : `, settles ${dollars(pnl)}`;
      return `${name(event.owner)} ${isLong ? "buys" : "sells"} ${units(size)} ETH-PERP at ${dollars(price)}${gain}`;
    }
    case "OptionTraded": {
      const verb = event.isBuy ? "buys" : "sells";
      return `${name(event.owner)} ${verb} ${units(event.size)} ${series(event)} for ${dollars(event.premium)}`;
    }
    case "OptionSettled":
      return `${series(event)} of ${name(event.owner)} are settled: ${event.isLong ? "gets" : "owes"} ${dollars(event.payout)}`;
    case "Liquidated":
      return `${name(event.owner)} is liquidated at an equity of ${dollars(event.equity)}`;
    case "OracleUpdated":
      return `price ${dollars(event.price)}`;
    case "PacketSent":
      return `${packet(event.packet)} leaves`;
    case "PacketReceived":
      return `${packet(event.packet)} arrives`;
    case "PacketRefunded":
      return `${packet(event.packet)} is given back`;
  }
}

function series({
  expiry,
  strike,
  isCall,
}: {
  readonly expiry: bigint;
  readonly strike: bigint;
  readonly isCall: boolean;
}): string {
  const day = new Date(Number(expiry) * 1000).toISOString().slice(0, 10);
  return `${isCall ? "calls" : "puts"} ${units(strike)} of ${day}`;
}

function packet(hex: string): string {
  const { kind, source, sequence, collateral } = decodePacket(decodeHex(hex));
  const what = kind === "collateral" ? "" : `${kind} and `;
  return `transfer ${source}/${sequence} with ${what}${dollars(collateral)}`;
}

const dollars = (value: bigint): string =>
  `${value < 0n ? "-" : ""}$${units(value < 0n ? -value : value)}`;

/** 1e-6 as decimal text, without trailing zeros. */
function units(value: bigint): string {
  const fraction = (value % MICRO).toString().padStart(6, "0").replace(/0+$/, "");
  return `${value / MICRO}${fraction === "" ? "" : `.${fraction}`}`;
}
