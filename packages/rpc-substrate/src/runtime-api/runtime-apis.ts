import {
  ACCOUNT_ID,
  accountInfo,
  BYTES,
  blake2b64,
  newtype,
  option,
  RUNTIME_VERSION,
  SPEC_NAME,
  SPEC_VERSION,
  sequence,
  TRANSACTION_VERSION,
  U32,
  type Value,
} from "@dragoman/ledger-substrate";
import { encodeMetadata, METADATA_VERSIONS, type MetadataVersion } from "../metadata/metadata.ts";
import { PAYMENT_API } from "./payment-api.ts";
import { REVIVE_API } from "./revive-api.ts";
import { method, type RuntimeApi } from "./runtime-api.ts";

const OPAQUE_METADATA = newtype("sp_core::OpaqueMetadata", BYTES);

const CORE_API: RuntimeApi = {
  name: "Core",
  version: 5,
  methods: {
    version: method({}, RUNTIME_VERSION, "The version of the runtime.", () => runtimeVersion()),
  },
};

const METADATA_API: RuntimeApi = {
  name: "Metadata",
  version: 2,
  methods: {
    metadata: method({}, OPAQUE_METADATA, "The metadata, version 14.", () => metadata(14)),
    metadata_at_version: method(
      { version: U32 },
      option(OPAQUE_METADATA),
      "The metadata at a given version.",
      (_, { version }) => {
        const known = METADATA_VERSIONS.find((one) => one === version);
        return known && metadata(known);
      },
    ),
    metadata_versions: method({}, sequence(U32), "The supported versions.", () => [
      ...METADATA_VERSIONS,
    ]),
  },
};

const NONCE_API: RuntimeApi = {
  name: "AccountNonceApi",
  version: 1,
  methods: {
    account_nonce: method(
      { account: ACCOUNT_ID },
      U32,
      "Number of an account's next transaction.",
      ({ execution }, { account }) => accountInfo(execution, account).nonce,
    ),
  },
};

/** Every interface of the runtime. */
export const RUNTIME_APIS: readonly RuntimeApi[] = [
  CORE_API,
  METADATA_API,
  NONCE_API,
  PAYMENT_API,
  REVIVE_API,
];

/** The runtime's version with its interfaces. */
export function runtimeVersion(): Value<typeof RUNTIME_VERSION> {
  const apis = RUNTIME_APIS.map(
    ({ name, version }) => [blake2b64(new TextEncoder().encode(name)), version] as const,
  );
  return {
    spec_name: SPEC_NAME,
    impl_name: SPEC_NAME,
    authoring_version: 1,
    spec_version: SPEC_VERSION,
    impl_version: 0,
    apis,
    transaction_version: TRANSACTION_VERSION,
    system_version: 1,
  };
}

const encoded = new Map<MetadataVersion, Uint8Array>();

/** The metadata in a version. */
export function metadata(version: MetadataVersion): Uint8Array {
  let bytes = encoded.get(version);
  if (bytes === undefined) {
    bytes = encodeMetadata(version, RUNTIME_APIS);
    encoded.set(version, bytes);
  }
  return bytes;
}
