import type { Devnet } from "./start-devnet.ts";

/** What GraphiQL opens with: chains and markets, an option chain with greeks, a portfolio of the devnet's alice over all chains. */
export function welcomeQuery({ chains }: Devnet): string {
  const owners = chains.map(({ node, adapter }) => `"${adapter.id}:${node.addressOf("alice")}"`);
  return `# Four chains, one query: press play. Then trade: README.md, "The first hour".
{
  markets {
    chain { name head { height finality } }
    price { price usable }
    pool { value }
    optionChain(strikes: ["3000"]) {
      expiry
      rows {
        strike
        call { symbol mark greeks { delta gamma vega theta } }
        put { symbol mark greeks { delta gamma vega theta } }
      }
    }
  }
  portfolio(owners: [
    ${owners.join("\n    ")}
  ]) {
    wallet { value }
    equity { value }
    greeks { delta vega theta }
    accounts {
      chain { name }
      collateral { value }
      positions { side size { value } value { value } instrument { symbol mark } }
    }
    inFlight { kind status destination { name } }
  }
  quote(trade: { perpetual: { side: LONG, size: "1" } }) {
    best { market { chain { name } } price total { value } }
  }
}
`;
}
