import type { FunctionBuilder } from "@dragoman/core";
import { CALLEE, MARK } from "../account/domains.ts";
import { HEADER, RETURN_AREA } from "../frame-header.ts";
import { NEW_ACCOUNT_PRICE, STIPEND, VALUE_PRICE } from "../schedule/call-prices.ts";
import type { Rules } from "../schedule/patches.ts";
import { type Call, limb, low, type Note, requireNot } from "./call-note.ts";

/**
 * A CALL of an account that has no code: it is charged for, value moves, the callee's gas and the stipend come back, and 1 is returned. The
 * fork has EIP-150 and EIP-161, so what gas was asked for makes no difference. Whatever fails is the host's, before anything is changed.
 */
export function callCodeless(call: Call, note: Note, value: number): void {
  const { b, rules, frame } = call;
  const { balance } = note;
  const nonce = low(b, limb(b, note.word, CALLEE.NONCE >> 1));
  requireNot(call, b.op("i32.eqz", nonce));
  requireNot(call, b.op("i32.load", frame, HEADER.STATIC));
  const own = b.op("i32.load", frame, HEADER.BALANCE);
  const ownBalance = b.op("cell.load", own);
  requireNot(call, b.op("i256.lt_u", ownBalance, value));
  const mark = b.op("cell.mark", balance);
  const sends = b.op("i32.eqz", b.op("i256.eqz", value));
  const isNew = b.op(
    "i32.and",
    b.op("i256.eqz", b.op("cell.load", nonce)),
    b.op("i256.eqz", b.op("cell.load", balance)),
  );
  const price = b.op(
    "i64.add",
    coldPrice(b, rules, mark),
    amountIf(
      b,
      sends,
      b.op(
        "i64.add",
        b.const64Parts(VALUE_PRICE, 0),
        amountIf(b, isNew, b.const64Parts(NEW_ACCOUNT_PRICE, 0)),
      ),
    ),
  );
  requireNot(call, b.op("i64.lt_s", b.op("gas"), price));
  b.op("meter.dynamic", price);
  const warm = rules.coldAccountExtra > 0 ? MARK.WARM : 0;
  b.op("cell.set_mark", balance, b.op("i32.or", mark, b.const32(warm | MARK.TOUCHED)));
  const move = b.block();
  const done = b.block();
  b.brIf(sends, move, [], done, []);
  b.begin(move);
  b.op("cell.store", own, b.op("i256.sub", ownBalance, value));
  // An account may send to itself: its balance is read again.
  b.op("cell.store", balance, b.op("i256.add", b.op("cell.load", balance), value));
  b.op("gas.refill", b.const64Parts(STIPEND, 0));
  b.br(done);
  b.begin(done);
  b.op("i32.store", frame, b.const32(0), HEADER.RETURNDATA_SIZE);
  const kept = b.op("i32.add", frame, b.const32(RETURN_AREA));
  b.op("i32.store", frame, kept, HEADER.RETURNDATA_ADDRESS);
  b.ret([b.const32(1)]);
}

const amountIf = (b: FunctionBuilder, condition: number, amount: number): number =>
  b.op("i64.select", condition, amount, b.const64Parts(0, 0));

function coldPrice(b: FunctionBuilder, { coldAccountExtra }: Rules, mark: number): number {
  if (coldAccountExtra === 0) return b.const64Parts(0, 0);
  const isCold = b.op("i32.eqz", b.op("i32.and", mark, b.const32(MARK.WARM)));
  return amountIf(b, isCold, b.const64Parts(coldAccountExtra, 0));
}
