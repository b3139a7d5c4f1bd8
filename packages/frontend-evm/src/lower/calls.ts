import { I32, I256, OP } from "@dragoman/core";
import { HEADER } from "../frame-header.ts";
import { DIRECT_ROUTINE } from "./direct-routines.ts";
import type { Emitter } from "./emitter.ts";
import { HOST_INDEX } from "./host-index.ts";

/** LOG0 to LOG4: 8 gas a byte on top of the static price. */
export function lowerLog(topics: number): (e: Emitter) => void {
  const host = HOST_INDEX.log0 + topics;
  return (e) => {
    const { b } = e;
    const { offset, length } = e.popRange();
    b.op("meter.dynamic", b.op("i64.mul", b.op("i64.extend_u", length), b.const64Parts(8, 0)));
    for (let i = 0; i < topics; i++) {
      b.emit(OP["i256.store_be"], b.emit(OP.frame), e.word(e.pop()), HEADER.TOPICS + 32 * i);
    }
    if (e.speculates) b.call(DIRECT_ROUTINE.LOG + topics, [], [offset, length]);
    else b.host(host, [], [offset, length]);
  };
}

/** Functions of optimistic modules that call compiled programs themselves. */
const DIRECT: Readonly<Record<string, number>> = {
  call: DIRECT_ROUTINE.CALL,
  delegatecall: DIRECT_ROUTINE.DELEGATECALL,
  staticcall: DIRECT_ROUTINE.STATICCALL,
};

/** CALL, CALLCODE, DELEGATECALL, STATICCALL: memory is paid here, everything else by the host. */
export function lowerCall(
  name: "call" | "callcode" | "delegatecall" | "staticcall",
  hasValue: boolean,
): (e: Emitter) => void {
  const host = HOST_INDEX[name];
  const direct = DIRECT[name];
  return (e) => {
    const { b } = e;
    const gasEntry = e.pop();
    const to = e.word(e.pop());
    const value = hasValue ? [e.word(e.pop())] : [];
    const inputOffset = e.pop();
    const inputLength = e.pop();
    const outputOffset = e.pop();
    const outputLength = e.pop();
    const input = e.range(inputOffset, inputLength);
    const output = e.range(outputOffset, outputLength);
    const gas = b.emit(OP["i64.clamp_i256"], e.word(gasEntry));
    const args = [to, ...value, gas, input.offset, input.length, output.offset, output.length];
    const calls = !e.usesHosts && direct !== undefined;
    e.push((calls ? b.call(direct, [I32], args) : b.host(host, [I32], args))[0]);
  };
}

/** CREATE and CREATE2. */
export function lowerCreate(salted: boolean): (e: Emitter) => void {
  return (e) => {
    const value = e.word(e.pop());
    const { offset, length } = e.popRange();
    const args = [value, offset, length];
    if (salted) args.push(e.word(e.pop()));
    const host = salted ? HOST_INDEX.create2 : HOST_INDEX.create;
    e.push(e.b.host(host, [I256], args)[0]);
  };
}
