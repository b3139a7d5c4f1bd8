/** What replaces the budget that transactions ask for. Of litesvm's costs only these can be set. */
export class ComputeBudget {
  computeUnitLimit = 1_400_000n;
  heapSize = 32 * 1024;
}
