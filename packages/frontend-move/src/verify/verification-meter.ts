import { MoveFault } from "../format/move-fault.ts";

/**
 * Counts the work of the passes whose cost is not linear in the code, in the units of the
 * reference, so that the same programs are refused as too complex.
 */
export class VerificationMeter {
  private readonly unitsMax: number;
  private functionUnits = 0;
  private moduleUnits = 0;

  constructor(unitsMax: number) {
    this.unitsMax = unitsMax;
  }

  enterFunction(): void {
    this.functionUnits = 0;
  }

  add(units: number): void {
    this.functionUnits += units;
    if (this.functionUnits > this.unitsMax) this.refuse();
  }

  /** Adds what the function cost to what the module has cost. */
  leaveFunction(): void {
    this.moduleUnits += this.functionUnits;
    if (this.moduleUnits > this.unitsMax) this.refuse();
  }

  private refuse(): never {
    throw new MoveFault("CONSTRAINT_NOT_SATISFIED", {}, "the program is too complex to verify");
  }
}
