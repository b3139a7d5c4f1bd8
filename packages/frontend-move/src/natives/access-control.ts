import { equalBytes } from "@dragoman/bytes";
import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import type { AccessSpecifier } from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { globalsOf } from "./global-storage.ts";

/** What an instruction does to a resource. */
export type Access = "read" | "write";

/** One access specifier of a function, with its names resolved. */
export interface AccessClause {
  readonly kind: AccessSpecifier["kind"];
  readonly negated: boolean;
  readonly covers: (resource: MoveType) => boolean;
  /** A number is an index among the addresses that the call brings. */
  readonly address: "any" | Uint8Array | number;
}

/** The specifiers of a running function, and the addresses that its parameters named when it was entered. */
interface ActiveAccess {
  readonly clauses: readonly AccessClause[];
  readonly addresses: readonly Uint8Array[];
}

/** Functions with access specifiers that may run at a time (access_control.rs). */
const ACTIVE_MAX = 256;

/**
 * The access specifiers of the functions that run. An access must be allowed by each of them: by one of its clauses that are not negated, and
 * by none that are. To write includes to read; what may not be read may not be written.
 */
export class AccessControl {
  readonly #active: ActiveAccess[] = [];
  #addresses: Uint8Array[] = [];

  /** Forgets everything: the frame begins. */
  clear(): void {
    this.#active.length = 0;
    this.#addresses = [];
  }

  /** The next address that the function brings which is about to be entered. */
  bring(address: Uint8Array): void {
    this.#addresses.push(address);
  }

  /** False if too many functions with specifiers run. */
  enter(clauses: readonly AccessClause[]): boolean {
    if (this.#active.length >= ACTIVE_MAX) return false;
    this.#active.push({ clauses, addresses: this.#addresses });
    this.#addresses = [];
    return true;
  }

  leave(): void {
    this.#active.pop();
  }

  /** Whether the running functions allow an access to the resource under the address in argument 0 of a host function. */
  allows(frame: Frame, resource: MoveType, access: Access): boolean {
    if (this.#active.length === 0) return true;
    const at = frame.slot(0);
    const address = frame.memory.u8.subarray(at, at + 32);
    return this.#active.every(({ clauses, addresses }) => {
      const applies = (clause: AccessClause): boolean =>
        meets(clause, access) &&
        clause.covers(resource) &&
        isAt(
          address,
          typeof clause.address === "number" ? addresses[clause.address] : clause.address,
        );
      return (
        clauses.some((clause) => !clause.negated && applies(clause)) &&
        !clauses.some((clause) => clause.negated && applies(clause))
      );
    });
  }
}

/** Whether the kind of a clause speaks of an access. */
function meets({ kind, negated }: AccessClause, access: Access): boolean {
  if (kind === "acquires") return true;
  if (kind === "reads") return negated || access === "read";
  return !negated || access === "write";
}

function isAt(address: Uint8Array, wanted: "any" | Uint8Array): boolean {
  return wanted === "any" || equalBytes(wanted, address);
}

/** (address) -> nothing: {@link AccessControl.bring}. */
export const bringAddress: HostFunction = (frame) => {
  const at = frame.slot(0);
  globalsOf(frame).access.bring(frame.memory.u8.slice(at, at + 32));
  return HOST.CONTINUE;
};

/** () -> nothing: a function with these clauses begins; undefined if an address of them cannot be found out. */
export function enterAccess(clauses: readonly AccessClause[] | undefined): HostFunction {
  return (frame) => {
    if (!globalsOf(frame).access.enter(clauses ?? [])) return frame.leave(MOVE_TRAP.ACCESS_STACK);
    return clauses === undefined ? frame.leave(MOVE_TRAP.ACCESS_INVARIANT) : HOST.CONTINUE;
  };
}

/** () -> nothing: the function has ended. */
export const leaveAccess: HostFunction = (frame) => {
  globalsOf(frame).access.leave();
  return HOST.CONTINUE;
};
