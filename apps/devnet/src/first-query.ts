/** Query that GraphiQL of a running devnet opens with: chains, markets, options with their greeks, and what `owners` have on all chains. */
export const firstQuery = (
  owners: readonly string[],
): string => `# Four chains, one query. The owners are the devnet's alice on each chain.
query Portfolio {
  chains { name finalityDepth head { height } }
  markets {
    chain { name }
    price { price age usable }
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
    ${owners.map((owner) => JSON.stringify(owner)).join("\n    ")}
  ]) {
    equity { value }
    wallet { value }
    greeks { delta vega theta }
    accounts {
      chain { name }
      collateral { value }
      positions { side size { value } value { value } instrument { symbol mark } }
    }
    inFlight { kind status destination { name } }
  }
}
`;
