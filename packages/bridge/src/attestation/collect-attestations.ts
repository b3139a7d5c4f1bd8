import { decodeHex, encodeHex } from "@dragoman/bytes";
import { attestationDigest, packetId } from "@dragoman/protocol";
import type { AttestationRequest, AttesterClient } from "./attester.ts";

/** Address whose key made a signature of a digest; undefined if it is none. */
export type RecoverSigner = (digest: Uint8Array, signature: Uint8Array) => string | undefined;

export interface Quorum {
  readonly attesters: readonly AttesterClient[];
  /** Signatures that the markets want. */
  readonly threshold: number;
  readonly recover: RecoverSigner;
}

/** `signatures`: 0x hex, ascending by address, exactly `threshold` of them; or why there are not enough. */
export type Collected =
  | { readonly ok: true; readonly signatures: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/**
 * Asks all attesters at once and takes the first `threshold` good signatures. One that is down, refuses or signs something else does not keep
 * the others; `patience` ends the wait for those that never answer.
 */
export function collectAttestations(
  { attesters, threshold, recover }: Quorum,
  request: AttestationRequest,
  patience: Promise<void>,
): Promise<Collected> {
  const digest = attestationDigest(request.purpose, packetId(decodeHex(request.packet)));
  const good = new Map<string, Uint8Array>();
  const reasons: string[] = [];
  return new Promise((resolve) => {
    const giveUp = (why: string): void => {
      const reason = [`${good.size} of ${threshold} attestations`, why, ...reasons].join("; ");
      resolve({ ok: false, reason });
    };
    let open = attesters.length;
    const count = (): void => {
      open -= 1;
      if (good.size >= threshold) resolve({ ok: true, signatures: ascending(good, threshold) });
      else if (open === 0) giveUp("all have answered");
    };
    for (const attester of attesters) {
      attester.attest(request).then(
        (signature) => {
          if (recover(digest, signature) === attester.address)
            good.set(attester.address, signature);
          else reasons.push(`${attester.address}: not its signature`);
          count();
        },
        (error: unknown) => {
          reasons.push(`${attester.address}: ${error instanceof Error ? error.message : error}`);
          count();
        },
      );
    }
    if (open === 0) giveUp("no attester");
    patience.then(
      () => giveUp("the others do not answer"),
      () => giveUp("the wait was broken off"),
    );
  });
}

/** Addresses are of one length and lower case, so their order is that of their numbers. */
function ascending(good: ReadonlyMap<string, Uint8Array>, threshold: number): string[] {
  const order = [...good].sort(([a], [b]) => (a < b ? -1 : 1));
  return order.slice(0, threshold).map(([, signature]) => encodeHex(signature));
}
