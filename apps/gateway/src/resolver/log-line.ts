import { encodeHex } from "@dragoman/bytes";
import type { EventModel } from "@dragoman/schema";
import { printableText } from "./printable.ts";

/** One log entry as a line: text where it is text, else topics and data in hex. */
export function logLine({ vm, account, topics, data }: EventModel): string {
  const text = printableText(data);
  if (topics.length === 0 && text !== null) return text;
  const words = topics.map((topic) => printableText(topic) ?? encodeHex(topic));
  return [vm, encodeHex(account), ...words, encodeHex(data)].join(" ");
}
