/** Where the market stands on an EVM chain; plain JSON. */
export interface EvmDeployment {
  /** Address of the market contract, 0x hex. */
  readonly market: string;
  /** Address of the collateral token, an ERC-20. */
  readonly token: string;
}
