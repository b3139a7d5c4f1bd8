import { ByteReader, ByteWriter, equalBytes } from "@dragoman/bytes";
import { HOST, type HostFunction, type LogEntry, OUTCOME } from "@dragoman/core";
import { readByteVector } from "@dragoman/frontend-move";

/** A package that a transaction asked to publish. */
export interface PublishRequest {
  /** 32 bytes. */
  readonly owner: Uint8Array;
  /** BCS of a `0x1::code::PackageMetadata`. */
  readonly metadata: Uint8Array;
  /** Files of the modules. */
  readonly modules: readonly Uint8Array[];
}

/** No event has this topic: those of events are StructTags, which begin with an address of 32 bytes. */
const TOPIC = Uint8Array.from("publish", (char) => char.charCodeAt(0));
const FRAMEWORK = Uint8Array.from({ length: 32 }, (_, index) => (index === 31 ? 1 : 0));

/** Internal gas units: decoding, verification and storage of code, by byte. */
const PUBLISH_GAS = 100_000;
const PUBLISH_GAS_BYTE = 1_000;

/**
 * `0x1::code::request_publish(owner, metadata, bundle)`: leaves the request in the journal's log, which a failing transaction loses. The package is
 * installed when the transaction has succeeded.
 */
export const requestPublish: HostFunction = (frame) => {
  const metadata = readByteVector(frame, frame.argI32(1));
  const bundle = readByteVector(frame, frame.argI32(2));
  const cost = PUBLISH_GAS + PUBLISH_GAS_BYTE * (metadata.length + bundle.length);
  if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
  const writer = new ByteWriter(metadata.length + bundle.length + 64);
  writer.bytes(frame.memory.slice(frame.slot(0), 32));
  writer.uleb128(metadata.length);
  writer.bytes(metadata);
  writer.bytes(bundle);
  const data = writer.finish();
  frame.journal.log({ vm: "move", account: FRAMEWORK, topics: [TOPIC], data, durable: false });
  return HOST.CONTINUE;
};

export const isPublishRequest = ({ topics: [topic] }: LogEntry): boolean =>
  topic !== undefined && equalBytes(topic, TOPIC);

/** The request in a log entry of {@link requestPublish}, whose bundle Move has encoded. */
export function decodePublishRequest({ data }: LogEntry): PublishRequest {
  const reader = new ByteReader(data);
  const bytes = (): Uint8Array => reader.take(reader.uleb128(data.length)).slice();
  const owner = reader.take(32).slice();
  const metadata = bytes();
  const modules = Array.from({ length: reader.uleb128(data.length) }, bytes);
  return { owner, metadata, modules };
}
