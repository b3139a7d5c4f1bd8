import { FaultError } from "@dragoman/fault";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { RENT_EXEMPT_EPOCH, SLOT_MAX, SLOTS_PER_EPOCH } from "@dragoman/ledger-svm";
import { type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import type { SolanaNode } from "./node.ts";
import { address, type Config, config, encodedBytes, integer } from "./params.ts";

const DATA_BYTES_MAX = 10 * 1024 * 1024;

/**
 * Methods that change the chain by decree, each in a block of its own; they answer its slot.
 *
 * - `dragoman_deployProgram [programId, base64 ELF, authority?]`: installs a program of the upgradeable loader, or replaces its code.
 * - `dragoman_warpToSlot [slot]`: time travel: the next block stands at that slot, and the clock, which may be that of other chains too, moves on
 *   by 400 ms a slot.
 * - `dragoman_warpToEpoch [epoch]`: the same to the first slot of an epoch to come.
 * - `dragoman_setAccount [address, {lamports, owner?, data? (base64), executable?}]`: without lamports the account ceases to exist.
 */
export function decreeMethods({ ledger }: SolanaNode): Record<string, RpcMethod> {
  const warp = (slot: number): number => {
    const { height } = ledger.blocks.head;
    if (slot <= height || slot > SLOT_MAX) {
      refuseParams(`slot ${slot} is not from ${height + 1} to ${SLOT_MAX}`);
    }
    return ledger.warp(slot).height;
  };
  return {
    dragoman_warpToSlot: ([slot]) => warp(integer(slot)),
    dragoman_warpToEpoch: ([epoch]) => warp(integer(epoch) * SLOTS_PER_EPOCH),
    dragoman_deployProgram: ([id, elf, authority]) => {
      const programId = address(id);
      const bytes = encodedBytes(elf, "base64", DATA_BYTES_MAX);
      const owner =
        authority === undefined || authority === null ? {} : { authority: address(authority) };
      try {
        return ledger.decree({ kind: "program", programId, elf: bytes, ...owner }).height;
      } catch (error) {
        if (error instanceof FaultError) refuseParams(`invalid program: ${error.fault}`);
        throw error;
      }
    },
    dragoman_setAccount: ([id, fields]) => {
      const key = address(id);
      return ledger.decree({ kind: "account", key, account: accountOf(config(fields)) }).height;
    },
  };
}

const accountOf = ({ lamports, owner, data, executable }: Config) => ({
  lamports: BigInt(integer(lamports)),
  owner: owner === undefined ? ADDRESS.SYSTEM.bytes : address(owner),
  data: data === undefined ? new Uint8Array(0) : encodedBytes(data, "base64", DATA_BYTES_MAX),
  executable: executable === true,
  rentEpoch: RENT_EXEMPT_EPOCH,
});
