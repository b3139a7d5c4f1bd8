/** Ed25519 of the host. */
interface NativeEd25519 {
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  sign(message: Uint8Array, secret: Uint8Array): Uint8Array;
  publicKey(secret: Uint8Array): Uint8Array;
}

/** DER in front of a key of 32 bytes (RFC 8410, section 10). */
const PUBLIC_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);
const SECRET_PREFIX = Uint8Array.of(
  ...[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20],
);

/** Ed25519 of `node:crypto`, 40 times as fast as bigints that are not warm yet; undefined where there is no Node, as in a browser. */
export const nativeEd25519: NativeEd25519 | undefined = findNative();

function findNative(): NativeEd25519 | undefined {
  const openssl = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (openssl === undefined) return undefined;
  const secretOf = (secret: Uint8Array) => {
    const key = Buffer.concat([SECRET_PREFIX, secret]);
    return openssl.createPrivateKey({ key, format: "der", type: "pkcs8" });
  };
  return {
    verify(signature, message, publicKey) {
      const key = Buffer.concat([PUBLIC_PREFIX, publicKey]);
      return openssl.verify(null, message, { key, format: "der", type: "spki" }, signature);
    },
    sign: (message, secret) => new Uint8Array(openssl.sign(null, message, secretOf(secret))),
    publicKey(secret) {
      const der = openssl.createPublicKey(secretOf(secret)).export({ format: "der", type: "spki" });
      return new Uint8Array(der.subarray(PUBLIC_PREFIX.length));
    },
  };
}

/** 2^255 - 19. */
const PRIME = (1n << 255n) - 19n;
/** y of a point of order 8; the other points of order 8 have its negative. */
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
/** y of all points whose order divides 8. */
const SMALL_ORDER_Y: readonly bigint[] = [0n, 1n, PRIME - 1n, ORDER_8_Y, PRIME - ORDER_8_Y];

/** True if 32 bytes encode y canonically and, if they encode a point at all, one whose order is large. */
export function isPlainKey(publicKey: Uint8Array): boolean {
  let y = BigInt((publicKey[31] as number) & 0x7f);
  for (let at = 30; at >= 0; at--) y = (y << 8n) | BigInt(publicKey[at] as number);
  return y < PRIME && !SMALL_ORDER_Y.includes(y);
}
