import { I32, OP } from "@dragoman/core";
import { VECTOR } from "../layout/move-type.ts";
import type { FunctionLift } from "../lift/function-lift.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { allocateRoutine } from "../lift/routines.ts";

const DIGEST_SIZE = 32;

/** `(vector<u8>): vector<u8>` by an operation of the IR that hashes memory. */
function hash(op: number, base: number, perByte: number): (f: FunctionLift) => void {
  return (f) => {
    const { b } = f;
    const data = f.pop();
    const target = f.destination(data.type, [data], false);
    const at = b.emit(OP["i32.load"], data.value, data.offset + VECTOR.POINTER);
    const length = b.emit(OP["i32.load"], data.value, data.offset + VECTOR.LENGTH);
    const wide = b.emit(OP["i64.extend_u"], length);
    const bytes = b.emit(OP["i64.mul"], wide, b.const64Parts(perByte, 0));
    b.emit(OP["meter.dynamic"], b.emit(OP["i64.add"], bytes, b.const64Parts(base, 0)));
    const size = b.const32(DIGEST_SIZE);
    const [digest] = b.call(allocateRoutine(f.program), [I32], [size]);
    b.emit(op, at, length, digest);
    b.emit(OP["i32.store"], target.base, digest, target.offset + VECTOR.POINTER);
    b.emit(OP["i32.store"], target.base, size, target.offset + VECTOR.LENGTH);
    b.emit(OP["i32.store"], target.base, size, target.offset + VECTOR.CAPACITY);
    f.done(data);
    f.push(data.type, target.base, target.offset, target.root);
  };
}

export const sha2 = hash(OP.sha256, HOST_GAS.SHA2, HOST_GAS.SHA2_BYTE);
export const sha3 = hash(OP.sha3_256, HOST_GAS.SHA3, HOST_GAS.SHA3_BYTE);
