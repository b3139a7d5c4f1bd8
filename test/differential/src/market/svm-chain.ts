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
import {
  SVM_TOKEN_PROGRAM,
  type SvmDeployment,
  svmMarketAddress,
  svmMarketElf,
  svmWalletAddress,
} from "@dragoman/protocol";
import { LiteSVM } from "litesvm";

const RENT_EPOCH = (1n << 64n) - 1n;
/** Units that a transaction may ask for. */
const GAS = 1_400_000n;
const DECIMALS = 6;

export const SVM_DEPLOYMENT: SvmDeployment = {
  programId: encodeBase58(new Uint8Array(32).fill(0x51)),
  mint: encodeBase58(new Uint8Array(32).fill(0x52)),
};

/** How an instruction ended: the custom error of a program, or the words of any other failure. */
export interface SvmEnd {
  readonly failure: { readonly custom?: number; readonly text: string } | undefined;
  readonly logs: readonly string[];
  readonly returnData: Uint8Array;
  /** Compute units. */
  readonly units: bigint;
}

let memory: LinearMemory | undefined;
const programs = new SvmPrograms(MAINNET_NATIVES);
const marketElf = svmMarketElf();
let tokenAccounts: readonly (readonly [string, SvmAccount])[] | undefined;

/** SPL Token as litesvm carries it: the program's account and the one with its ELF. */
function tokenProgram(): readonly (readonly [string, SvmAccount])[] {
  if (tokenAccounts !== undefined) return tokenAccounts;
  const peer = new LiteSVM();
  const read = (address: string): readonly [string, SvmAccount] => {
    const account = peer.getAccount(address as never) as unknown as { data: Uint8Array };
    const data = Uint8Array.from(account.data);
    const owner = ADDRESS.LOADER_V3.bytes;
    const executable = address === SVM_TOKEN_PROGRAM;
    return [address, { lamports: 1n, owner, executable, rentEpoch: RENT_EPOCH, data }];
  };
  const program = read(SVM_TOKEN_PROGRAM);
  tokenAccounts = [program, read(encodeBase58(program[1].data.subarray(4, 36)))];
  return tokenAccounts;
}

/** Data of an SPL Token mint: authority, supply, decimals, initialised, no freeze authority. */
export function mintData(authority: string, supply: bigint): Uint8Array {
  const data = new Uint8Array(82);
  const view = new DataView(data.buffer);
  view.setUint32(0, 1, true);
  data.set(decodeBase58(authority), 4);
  view.setBigUint64(36, supply, true);
  data[44] = DECIMALS;
  data[45] = 1;
  return data;
}

/** Data of an SPL Token account. */
export function tokenData(mint: string, owner: string, amount: bigint): Uint8Array {
  const data = new Uint8Array(165);
  data.set(decodeBase58(mint), 0);
  data.set(decodeBase58(owner), 32);
  new DataView(data.buffer).setBigUint64(64, amount, true);
  data[108] = 1;
  return data;
}

/** Accounts, a clock and the machine: the market's program beside SPL Token's real ELF and the system program. */
export class SvmChain {
  readonly #engine: Engine;
  readonly #clock = new Uint8Array(40);
  readonly #rent = new Uint8Array(17);

  constructor(tier: Tier) {
    memory ??= new LinearMemory();
    this.#engine = new Engine({ state: new MemoryState(), tier, memory });
    const rent = new DataView(this.#rent.buffer);
    rent.setBigUint64(0, 3480n, true);
    rent.setFloat64(8, 2, true);
    for (const [address, account] of tokenProgram()) this.#put(address, account);
    const { programId } = SVM_DEPLOYMENT;
    this.write(programId, marketElf, ADDRESS.LOADER_V2.bytes, 1n, true);
  }

  #put(address: string, account: SvmAccount): void {
    writeAccount(this.#engine.journal, decodeBase58(address), account);
  }

  write(
    address: string,
    data: Uint8Array,
    owner: Uint8Array = ADDRESS.SYSTEM.bytes,
    lamports = 1_000_000_000n,
    executable = false,
  ): void {
    this.#put(address, { lamports, owner, executable, rentEpoch: RENT_EPOCH, data });
  }

  /** A wallet with lamports, and its associated token account with collateral. */
  writeWallet(wallet: string, collateral: bigint): void {
    const { mint } = SVM_DEPLOYMENT;
    this.write(wallet, new Uint8Array(0), ADDRESS.SYSTEM.bytes, 1_000_000_000_000n);
    const data = tokenData(mint, wallet, collateral);
    this.write(svmWalletAddress(wallet, mint), data, decodeBase58(SVM_TOKEN_PROGRAM));
  }

  /** The collateral's mint, whose authority is the market. */
  writeMint(supply: bigint): void {
    const { mint, programId } = SVM_DEPLOYMENT;
    const data = mintData(svmMarketAddress(programId), supply);
    this.write(mint, data, decodeBase58(SVM_TOKEN_PROGRAM));
  }

  read(address: string): SvmAccount | undefined {
    return readAccount(this.#engine.journal, decodeBase58(address));
  }

  /** Runs one instruction as a transaction of its own at `now`. */
  run(instruction: SvmInstruction, now: bigint): SvmEnd {
    new DataView(this.#clock.buffer).setBigInt64(32, now, true);
    const { journal } = this.#engine;
    journal.beginTransaction();
    const checkpoint = journal.checkpoint();
    const sysvars = new Map([
      [SYSVARS.clock.idHex, this.#clock],
      [SYSVARS.rent.idHex, this.#rent],
    ]);
    const transaction = {
      findProgram: programs.find,
      sysvar: (idHex: string) => sysvars.get(idHex),
      heapBytes: 32 * 1024,
      heightMax: 5,
    };
    const result = executeInstruction(this.#engine, transaction, instruction, GAS);
    const { failure, returnData } = result;
    const logs = journal.logs.map(({ data }) => new TextDecoder().decode(data));
    if (failure !== undefined) journal.revert(checkpoint, false);
    return { failure, logs, returnData, units: result.gasUsed };
  }
}
