/** Ed25519 of the host. */
interface NativeEd25519 {
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  /** The same on a thread of the platform's pool; the bytes are copied before it returns. */
  verifyOffThread(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
  ): Promise<boolean>;
  sign(message: Uint8Array, secret: Uint8Array): Uint8Array;
  publicKey(secret: Uint8Array): Uint8Array;
}

/** DER in front of a key of 32 bytes (RFC 8410, section 10). */
const PUBLIC_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0);
const SECRET_PREFIX = Uint8Array.of(
  ...[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20],
);

/** Public keys that are kept as OpenSSL reads them. */
const KEYS_MAX = 4096;

/** Ed25519 of `node:crypto`, 40 times as fast as bigints that are not warm yet; undefined where there is no Node, as in a browser. */
export const nativeEd25519: NativeEd25519 | undefined = findNative();

function findNative(): NativeEd25519 | undefined {
  const openssl = globalThis.process?.getBuiltinModule?.("node:crypto");
  if (openssl === undefined) return undefined;
  const secretOf = (secret: Uint8Array) => {
    const key = Buffer.concat([SECRET_PREFIX, secret]);
    return openssl.createPrivateKey({ key, format: "der", type: "pkcs8" });
  };
  // To read a key takes as long as to verify with it.
  const publicKeys = new Map<string, ReturnType<typeof openssl.createPublicKey>>();
  const publicOf = (publicKey: Uint8Array) => {
    const bytes = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.length);
    const name = bytes.toString("latin1");
    let key = publicKeys.get(name);
    if (key === undefined) {
      const der = Buffer.concat([PUBLIC_PREFIX, publicKey]);
      key = openssl.createPublicKey({ key: der, format: "der", type: "spki" });
      if (publicKeys.size === KEYS_MAX) publicKeys.clear();
      publicKeys.set(name, key);
    }
    return key;
  };
  return {
    verify(signature, message, publicKey) {
      return openssl.verify(null, message, publicOf(publicKey), signature);
    },
    verifyOffThread(signature, message, publicKey) {
      return new Promise((resolve, reject) => {
        openssl.verify(null, message, publicOf(publicKey), signature, (error, isValid) => {
          if (error === null) resolve(isValid);
          else reject(error);
        });
      });
    },
    sign: (message, secret) => new Uint8Array(openssl.sign(null, message, secretOf(secret))),
    publicKey(secret) {
      const der = openssl.createPublicKey(secretOf(secret)).export({ format: "der", type: "spki" });
      return new Uint8Array(der.subarray(PUBLIC_PREFIX.length));
    },
  };
}
