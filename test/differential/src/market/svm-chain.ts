import { decodeBase58, encodeBase58 } from "@dragoman/bytes";
import { Engine, LinearMemory, MemoryState, type Tier } from "@dragoman/core";
import {
  ADDRESS,
  executeInstruction,
  MAINNET_NATIVES,
  readAccount,
  type SvmAccount,
  type SvmInstruction,
  SvmPrograms,
  SYSVARS,
  writeAccount,
} from "@dragoman/frontend-sbpf";
import { SVM_TOKEN_PROGRAM, svmMarketElf } from "@dragoman/protocol";
import { LiteSVM } from "litesvm";
import {
  RENT_EPOCH,
  SVM_DEPLOYMENT,
  SVM_UNITS,
  type SvmChain,
  type SvmEnd,
} from "./svm-accounts.ts";

let memory: LinearMemory | undefined;
const programs = new SvmPrograms(MAINNET_NATIVES);
const marketElf = svmMarketElf();

interface Genesis {
  /** SPL Token: the program's account and the one with its ELF. */
  readonly token: readonly (readonly [string, SvmAccount])[];
  /** Data of the rent sysvar. */
  readonly rent: Uint8Array;
}

let genesis: Genesis | undefined;

/** What litesvm begins with, as mainnet has it. */
function readGenesis(): Genesis {
  if (genesis !== undefined) return genesis;
  const peer = new LiteSVM();
  const dataOf = (address: string): Uint8Array =>
    Uint8Array.from((peer.getAccount(address as never) as unknown as { data: Uint8Array }).data);
  const read = (address: string): readonly [string, SvmAccount] => {
    const owner = ADDRESS.LOADER_V3.bytes;
    const executable = address === SVM_TOKEN_PROGRAM;
    const data = dataOf(address);
    return [address, { lamports: 1n, owner, executable, rentEpoch: RENT_EPOCH, data }];
  };
  const program = read(SVM_TOKEN_PROGRAM);
  const token = [program, read(encodeBase58(program[1].data.subarray(4, 36)))];
  genesis = { token, rent: dataOf(SYSVARS.rent.address) };
  return genesis;
}

/** Accounts, a clock and our machine: the market's program beside SPL Token's real ELF and the system program. */
export class MachineChain implements SvmChain {
  readonly #engine: Engine;
  readonly #clock = new Uint8Array(40);
  readonly #genesis = readGenesis();

  constructor(tier: Tier) {
    memory ??= new LinearMemory();
    this.#engine = new Engine({ state: new MemoryState(), tier, memory });
    for (const [address, account] of this.#genesis.token) this.write(address, account);
    this.write(SVM_DEPLOYMENT.programId, {
      lamports: 1n,
      owner: ADDRESS.LOADER_V2.bytes,
      executable: true,
      rentEpoch: RENT_EPOCH,
      data: marketElf,
    });
  }

  write(address: string, account: SvmAccount): void {
    writeAccount(this.#engine.journal, decodeBase58(address), account);
  }

  read(address: string): SvmAccount | undefined {
    return readAccount(this.#engine.journal, decodeBase58(address));
  }

  run(instruction: SvmInstruction, now: bigint): SvmEnd {
    const { end, undo } = this.#execute(instruction, now);
    if (end.failure !== undefined) undo();
    return end;
  }

  /** Runs one instruction and takes it back: how it ends, and all cells that would differ from the empty chain. */
  attempt(instruction: SvmInstruction, now: bigint): { end: SvmEnd; changes: string } {
    const { end, undo } = this.#execute(instruction, now);
    const hex = (bytes: Uint8Array | undefined): string =>
      bytes === undefined ? "-" : Buffer.from(bytes).toString("hex");
    const changes = this.#engine.journal
      .changes()
      .map(({ account, key, after }) => `${hex(account)} ${hex(key)} ${hex(after)}`)
      .toSorted()
      .join("\n");
    undo();
    return { end, changes };
  }

  #execute(instruction: SvmInstruction, now: bigint): { end: SvmEnd; undo: () => void } {
    new DataView(this.#clock.buffer).setBigInt64(32, now, true);
    const { journal } = this.#engine;
    journal.beginTransaction();
    const checkpoint = journal.checkpoint();
    const sysvars = new Map([
      [SYSVARS.clock.idHex, this.#clock],
      [SYSVARS.rent.idHex, this.#genesis.rent],
    ]);
    const transaction = {
      findProgram: programs.find,
      sysvar: (idHex: string) => sysvars.get(idHex),
      heapBytes: 32 * 1024,
      heightMax: 5,
    };
    const result = executeInstruction(this.#engine, transaction, instruction, SVM_UNITS);
    const { failure, returnData } = result;
    const logs = journal.logs.map(({ data }) => new TextDecoder().decode(data));
    return {
      end: { failure, logs, returnData },
      undo: () => journal.revert(checkpoint, false),
    };
  }
}
