/** Where a market stands on an Aptos chain; plain JSON. */
export interface MoveDeployment {
  /** Address of the market's package, 32 bytes in 0x hex: the account that deployed it. */
  readonly address: string;
}
