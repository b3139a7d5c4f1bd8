/** Where the market stands on a Polkadot chain; plain JSON. */
export interface PolkadotDeployment {
  /** Address of the market contract, 0x hex of 20 bytes. */
  readonly market: string;
  /** Address of the collateral token, an ERC-20. */
  readonly token: string;
}
