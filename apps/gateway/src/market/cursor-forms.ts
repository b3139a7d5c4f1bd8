import type { EventKey, PositionKey, TransferKey } from "@dragoman/index";
import { type CursorForm, countOf } from "./connection.ts";

const HEIGHT_MAX = 2 ** 31 - 1;

const isHeight = (value: number | undefined): value is number =>
  value !== undefined && value <= HEIGHT_MAX;

export const EVENT_CURSOR: CursorForm<EventKey> = {
  toParts: ({ timestamp, chain, height, place }) => [timestamp, chain, height, place],
  fromParts([first, chain, ...rest]) {
    const timestamp = countOf(first);
    const [height, place] = rest.map(countOf);
    if (timestamp === undefined || chain === undefined || !isHeight(height) || !isHeight(place)) {
      return undefined;
    }
    return { timestamp, chain, height, place };
  },
};

export const TRANSFER_CURSOR: CursorForm<TransferKey> = {
  toParts: ({ openedAt, id }) => [openedAt, id],
  fromParts([first, id]) {
    const openedAt = countOf(first);
    return openedAt === undefined || id === undefined ? undefined : { openedAt, id };
  },
};

export const POSITION_CURSOR: CursorForm<PositionKey> = {
  toParts: ({ notional, chain, owner, place }) => [notional, chain, owner, place],
  fromParts([first, chain, owner, last]) {
    const place = countOf(last);
    if (first === undefined || !/^[0-9]{1,30}$/.test(first)) return undefined;
    if (chain === undefined || owner === undefined || place === undefined || place > 4) {
      return undefined;
    }
    return { notional: BigInt(first), chain, owner, place };
  },
};
