import { type Frame, HOST } from "@dragoman/core";
import { HEADER } from "../frame-header.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { activationOf, guestAddress } from "./activation.ts";

/** LOG0 to LOG4: topics stand in the frame's header, the data in guest memory. */
export function logWith(topicCount: number): (frame: Frame) => number {
  return (frame) => {
    const { world, self, isStatic } = activationOf(frame);
    if (isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
    const topics = frame.address + HEADER.TOPICS;
    const data = guestAddress(frame, frame.argI32(0));
    const { u8 } = frame.memory;
    const tag = world.logTag(self);
    world.journal.appendLog(u8, tag, topics, topicCount, data, frame.argI32(1));
    return HOST.CONTINUE;
  };
}
