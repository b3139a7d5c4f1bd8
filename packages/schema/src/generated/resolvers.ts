// tidy: generated
// From the .graphql files, by `npm run generate`; do not edit.
import type { Decimal } from '../scalar/decimal.ts';
import type { AccountId } from '../scalar/account-id.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Vm as VmModel } from '@dragoman/vm';
import type { MachineModel, ProgramModel, StepModel, EventModel, CellModel, SimulationModel } from '../model.ts';
import type { AmountModel, BlockModel, ChainModel, InstrumentModel, MarginAccountModel, MarketModel, PortfolioModel, PositionModel } from '../market-model.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** Bytes as text: `0x` and an even number of hex digits, in either case on input, lower case on output. `0x` alone is no bytes. */
  Bytes: { input: Uint8Array; output: Uint8Array; }
  /** An integer of any size. Input: a decimal string, a `0x` hex string, or an integer literal. Output: a decimal string. */
  BigInt: { input: bigint; output: bigint; }
  /** Any JSON value. Integers that a double cannot hold are decimal strings. */
  JSON: { input: unknown; output: unknown; }
  /**
   * An exact decimal number as a string, never rounded: `"2812.5"`. Input: a string or an integer literal, with at most six digits after the point
   * where it is an amount, a size or a price.
   */
  Decimal: { input: Decimal; output: Decimal; }
  /** A moment as text of ISO 8601 in UTC, to the second: `2026-11-28T21:00:00Z`. Always on the clock of the chain that it belongs to. */
  DateTime: { input: bigint; output: bigint; }
  /**
   * An account on a chain by CAIP-10: the chain's identifier, a colon and the address as the chain writes it, for example
   * `eip155:1337:0x00…`. On Polkadot: an SS58 address, or the H160 that contracts see.
   */
  AccountId: { input: AccountId; output: AccountId; }
};

/** A virtual machine. All of them lower to one intermediate representation and run on one journal. */
export type Vm =
  /** Ethereum bytecode. */
  | 'evm'
  /** Solana programs: ELF files of sBPF v0 to v3. */
  | 'svm'
  /** Move modules and scripts in the Aptos flavour, binary formats 5 to 7. */
  | 'move';

/** What can be asked. Nothing here changes the server's state. */
export type Query = {
  /** The virtual machines of this server: what `simulate` and `deploy` run on. */
  readonly machines: ReadonlyArray<Machine>;
  /**
   * An installed program, by the identifier that `deploy` or `Machine.programs` gave. Null, with an error whose
   * `extensions.code` is `INVALID_PROGRAM_ID`, if there is none.
   */
  readonly program: Maybe<Program>;
  /**
   * Runs the steps in order on one journal over the server's state and reports every one of them. Nothing of a simulation
   * persists. When a step fails, the later ones do not run and the whole simulation changes nothing.
   */
  readonly simulate: Simulation;
  /** What has this identifier; null if nothing has. */
  readonly node: Maybe<Node>;
  /** The chains that this gateway follows. */
  readonly chains: ReadonlyArray<Chain>;
  /** Null if it is not followed. */
  readonly chain: Maybe<Chain>;
  /** The markets of the chains. */
  readonly markets: ReadonlyArray<Market>;
  /** By the identifier that a market or a position gave; null if there is none. */
  readonly instrument: Maybe<Instrument>;
  /** Prices that the oracle accounts had, newest first. */
  readonly oraclePrices: OraclePriceConnection;
  /** Open positions, of the owners or of all, largest notional first. */
  readonly positions: PositionConnection;
  /** Accounts that can be liquidated now, by the index and the oracle accounts. */
  readonly liquidatable: ReadonlyArray<MarginAccount>;
  /** Everything that these owners have, on all chains. */
  readonly portfolio: Portfolio;
  /** What all chains together offer. */
  readonly liquidity: Liquidity;
  /** What the trade costs on each market, and where it is best. */
  readonly quote: Quote;
  /** Null if there is none. */
  readonly transfer: Maybe<Transfer>;
  /** Newest first. */
  readonly transfers: TransferConnection;
  /** Newest first. */
  readonly liquidations: LiquidationConnection;
  /** The transactions with which `sender` does `action`. Nothing is sent. */
  readonly buildTransaction: PreparedAction;
  /** What has become of a transaction that was sent. */
  readonly transactionStatus: TransactionStatus;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryProgramArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QuerySimulateArgs = {
  steps: ReadonlyArray<SimulationStep>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryChainArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryMarketsArgs = {
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryInstrumentArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryOraclePricesArgs = {
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryPositionsArgs = {
  owners?: InputMaybe<ReadonlyArray<Scalars['AccountId']['input']>>;
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryLiquidatableArgs = {
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryPortfolioArgs = {
  owners: ReadonlyArray<Scalars['AccountId']['input']>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryLiquidityArgs = {
  underlying: Scalars['String']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryQuoteArgs = {
  trade: TradeInput;
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryTransferArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryTransfersArgs = {
  owner?: InputMaybe<Scalars['AccountId']['input']>;
  statuses?: InputMaybe<ReadonlyArray<TransferStatus>>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryLiquidationsArgs = {
  owner?: InputMaybe<Scalars['AccountId']['input']>;
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryBuildTransactionArgs = {
  sender: Scalars['AccountId']['input'];
  action: ActionInput;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryTransactionStatusArgs = {
  transaction: SentTransactionInput;
};

/** What changes the server's state. */
export type Mutation = {
  /**
   * Installs a program in the server's state, where it stays as long as the process lives. Input that is no program is
   * refused with the code and the byte offset of the fault in the error's `extensions`.
   */
  readonly deploy: Program;
  /** The same as `Query.simulate`, for a request that deploys first: mutations run in the order of their text. */
  readonly simulate: Simulation;
  /**
   * Joins transaction and signature and sends them. `signature`: EVM: the serialised signed transaction. Solana: 64 bytes. Aptos: BCS of
   * the account authenticator. Polkadot: kind byte and signature.
   */
  readonly submitTransaction: SentTransaction;
};


/** What changes the server's state. */
export type MutationDeployArgs = {
  vm: Vm;
  code: Scalars['Bytes']['input'];
  at?: InputMaybe<Scalars['Bytes']['input']>;
  construct: Scalars['Boolean']['input'];
};


/** What changes the server's state. */
export type MutationSimulateArgs = {
  steps: ReadonlyArray<SimulationStep>;
};


/** What changes the server's state. */
export type MutationSubmitTransactionArgs = {
  transaction: UnsignedTransactionInput;
  sender: Scalars['AccountId']['input'];
  signature: Scalars['Bytes']['input'];
};

/** One virtual machine: its unit of gas and the programs installed on it. */
export type Machine = {
  /** The machine's name in lower case, as in program identifiers: `evm`, `svm` or `move`. */
  readonly id: Scalars['ID']['output'];
  readonly vm: Vm;
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** What one unit of gas is called there: gas, compute units or internal gas units. */
  readonly gasUnit: Scalars['String']['output'];
  /** Gas limit of a simulation step that names none. */
  readonly gasLimitDefault: Scalars['BigInt']['output'];
  /** Largest gas limit that a step may name; also what the steps of a simulation may use together before the next begins. */
  readonly gasLimitMax: Scalars['BigInt']['output'];
  /** Programs installed on this machine, in the order of their installation. */
  readonly programs: ReadonlyArray<Program>;
};


/** One virtual machine: its unit of gas and the programs installed on it. */
export type MachineProgramsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['ID']['input']>;
};

/** An installed program. */
export type Program = {
  /** `evm:` and the address, `svm:` and the base58 program id, or `move:`, the address, `::` and the module. */
  readonly id: Scalars['ID']['output'];
  readonly vm: Vm;
  /** Name for people, for the examples that the server installs; null for deployed programs. */
  readonly name: Maybe<Scalars['String']['output']>;
  /** Hash of the code: keccak-256 on EVM, SHA-256 on SVM, SHA3-256 on MOVE. */
  readonly codeHash: Scalars['Bytes']['output'];
  /** Size of the code in bytes. */
  readonly size: Scalars['Int']['output'];
  /** The code itself. */
  readonly code: Scalars['Bytes']['output'];
  /** Disassembly, one instruction a line; a page of it. */
  readonly listing: Scalars['String']['output'];
  /** Number of lines of the whole listing. */
  readonly listingLineCount: Scalars['Int']['output'];
  /** Text of the exact intermediate representation, as the reference interpreter runs it; a page of it. */
  readonly ir: Scalars['String']['output'];
  /** Number of lines of the whole intermediate representation. */
  readonly irLineCount: Scalars['Int']['output'];
};


/** An installed program. */
export type ProgramListingArgs = {
  from: Scalars['Int']['input'];
  lines: Scalars['Int']['input'];
};


/** An installed program. */
export type ProgramIrArgs = {
  fn?: InputMaybe<Scalars['String']['input']>;
  from: Scalars['Int']['input'];
  lines: Scalars['Int']['input'];
};


/** An installed program. */
export type ProgramIrLineCountArgs = {
  fn?: InputMaybe<Scalars['String']['input']>;
};

/** One call of one program. Exactly one of `code` and `program` names what runs. */
export type SimulationStep = {
  readonly vm: Vm;
  /** Program for this step only. EVM: runtime bytecode. SVM: ELF file. MOVE: module or script. */
  readonly code?: InputMaybe<Scalars['Bytes']['input']>;
  /** Identifier of an installed program. */
  readonly program?: InputMaybe<Scalars['ID']['input']>;
  /**
   * What to call. EVM: a signature as Solidity writes it, `transfer(address,uint256)`. MOVE: the function's name, with type
   * arguments in angle brackets where it has type parameters: `value<u64>`. Not for SVM.
   */
  readonly fn?: InputMaybe<Scalars['String']['input']>;
  /**
   * Arguments of `fn`, a JSON array. Integers are numbers, decimal strings or `0x` strings; bytes and addresses are `0x`
   * strings; vectors and tuples are arrays.
   */
  readonly args?: InputMaybe<Scalars['JSON']['input']>;
  /**
   * Raw input instead of `args`. EVM: calldata. SVM: instruction data. MOVE: BCS of a `vector<vector<u8>>` with one value
   * for each argument.
   */
  readonly input?: InputMaybe<Scalars['Bytes']['input']>;
  /** Limit in the machine's own unit. Default and maximum: `Machine.gasLimitDefault` and `Machine.gasLimitMax`. */
  readonly gasLimit?: InputMaybe<Scalars['BigInt']['input']>;
  /** SVM: accounts of the instruction, in its order. EVM: balances that exist before the step. */
  readonly accounts?: InputMaybe<ReadonlyArray<AccountInput>>;
};

/**
 * An account of a step. One of which only the key and the flags are given is used as the journal has it, so a later step can
 * name an account by its key alone; otherwise members that are left out take their defaults.
 */
export type AccountInput = {
  /** Address: 20 bytes on EVM, 32 bytes on SVM and MOVE. */
  readonly key: Scalars['Bytes']['input'];
  /** SVM: program that owns the account. Default: the system program. */
  readonly owner?: InputMaybe<Scalars['Bytes']['input']>;
  /** Lamports on SVM, wei on EVM. Default: 0. */
  readonly balance?: InputMaybe<Scalars['BigInt']['input']>;
  /** SVM: data of the account. Default: none. */
  readonly data?: InputMaybe<Scalars['Bytes']['input']>;
  /** SVM: the account has signed. Default: false. */
  readonly isSigner?: InputMaybe<Scalars['Boolean']['input']>;
  /** SVM: the program may change the account. Default: false. */
  readonly isWritable?: InputMaybe<Scalars['Boolean']['input']>;
  /** SVM: the account is a program. Default: false. */
  readonly executable?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What became of a simulation. */
export type Simulation = {
  /** True if every step succeeded. */
  readonly ok: Scalars['Boolean']['output'];
  /** The steps that ran, in order; the last of them is the one that failed, if `ok` is false. */
  readonly steps: ReadonlyArray<Step>;
  /** Cells that differ from the server's state after all steps; empty if `ok` is false, because a simulation is atomic. */
  readonly stateDiff: ReadonlyArray<Cell>;
};

/** What became of one step. */
export type Step = {
  readonly vm: Vm;
  /**
   * Name of the outcome: `OK`, `REVERT`, the name of a trap such as `OUT_OF_GAS`, or `REFUSED` if the step's program or
   * arguments were refused before anything ran.
   */
  readonly outcome: Scalars['String']['output'];
  /** EVM: returned or reverted data. SVM: return data. MOVE: BCS of the results, one after the other. */
  readonly output: Scalars['Bytes']['output'];
  /** Results in JSON form: on MOVE, and on EVM where `fn` ends with `returns (...)`; null otherwise. */
  readonly returns: Maybe<Scalars['JSON']['output']>;
  /** Gas used, in the machine's own unit. */
  readonly gasUsed: Scalars['BigInt']['output'];
  /** Log lines as text. SVM: as the program wrote them. EVM and MOVE: topics, or the event's type, and data in hex. */
  readonly logs: ReadonlyArray<Scalars['String']['output']>;
  /** The same logs, taken apart. */
  readonly events: ReadonlyArray<Event>;
  /** Why the step failed; null if it succeeded. */
  readonly fault: Maybe<Fault>;
  /**
   * The instructions that the step executed, each `{depth, vm, pc, op, gas}`: depth of the call, machine, position (byte
   * offset on EVM, slot of the text on SVM, instruction of the function `fn` on MOVE), mnemonic, and gas left before the
   * instruction. Recorded, by the exact interpreter, only when this field is asked for.
   */
  readonly trace: ReadonlyArray<Scalars['JSON']['output']>;
};


/** What became of one step. */
export type StepTraceArgs = {
  limit: Scalars['Int']['input'];
};

/** Why input was refused or a program failed. */
export type Fault = {
  /** Stable name: a fault such as `INVALID_CALL_ARGUMENT`, or the outcome such as `OUT_OF_GAS`. */
  readonly code: Scalars['String']['output'];
  /** Stable number of the fault or of the outcome. */
  readonly number: Scalars['Int']['output'];
  /** One sentence; its wording may change. */
  readonly message: Scalars['String']['output'];
  /** Byte offset or instruction index in the program or the input; null if it has no one place. */
  readonly at: Maybe<Scalars['Int']['output']>;
};

/** One event or log line of a program. */
export type Event = {
  readonly vm: Vm;
  /** Address of the program that wrote it. */
  readonly account: Scalars['Bytes']['output'];
  /** EVM: up to four words of 32 bytes. MOVE: type of the event as text. */
  readonly topics: ReadonlyArray<Scalars['Bytes']['output']>;
  readonly data: Scalars['Bytes']['output'];
  /** The data as text if they are valid UTF-8 without control characters; null otherwise. */
  readonly text: Maybe<Scalars['String']['output']>;
};

/** One cell of state that a simulation changes. */
export type Cell = {
  /** Kind of state and machine, for example `evm.storage` or `svm.account`. */
  readonly domain: Scalars['String']['output'];
  /** Address that the cell belongs to. */
  readonly account: Scalars['Bytes']['output'];
  /** Key within account and domain: a storage slot, a field, a resource type. */
  readonly key: Scalars['Bytes']['output'];
  /** The key as text if it is valid UTF-8 without control characters; null otherwise. */
  readonly keyText: Maybe<Scalars['String']['output']>;
  /** Value in the server's state; null if the cell is absent there. */
  readonly before: Maybe<Scalars['Bytes']['output']>;
  /** Value after the simulation; null if the cell is gone. */
  readonly after: Maybe<Scalars['Bytes']['output']>;
};

/** A family of chains: what its programs and its RPC look like. */
export type ChainFamily =
  | 'EVM'
  | 'SVM'
  | 'MOVE'
  | 'SUBSTRATE';

/** How far a block is beyond doubt. */
export type Finality =
  /** It has been included; a reorganisation may undo it. */
  | 'LATEST'
  /** As many blocks stand on it as the chain declares: it stays. */
  | 'FINAL';

/** What has an identifier of its own, for `Query.node`. */
export type Node = {
  readonly id: Scalars['ID']['output'];
};

/** A block of a chain. */
export type Block = {
  readonly chain: Chain;
  readonly height: Scalars['Int']['output'];
  /** As the chain writes it. */
  readonly hash: Scalars['String']['output'];
  /** Hash of the block below. */
  readonly parentHash: Scalars['String']['output'];
  /** The block's own. */
  readonly timestamp: Scalars['DateTime']['output'];
  readonly finality: Finality;
};

/** A chain that this gateway follows. */
export type Chain = Node & {
  /** By CAIP-2: `eip155:1337`, `solana:…`, `aptos:4`, `polkadot:…`. */
  readonly id: Scalars['ID']['output'];
  /** What its programs and RPC look like. */
  readonly family: ChainFamily;
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** The chain's number in packets of the bridge. */
  readonly domain: Scalars['Int']['output'];
  /** Blocks that must stand on a block before it is final. */
  readonly finalityDepth: Scalars['Int']['output'];
  /** The newest block that the index has read. */
  readonly head: Block;
  /** The newest final block that the index has read. */
  readonly finalized: Block;
  /** Blocks that the chain is ahead of the index; null if the chain cannot be reached. */
  readonly lag: Maybe<Scalars['Int']['output']>;
  readonly market: Market;
};

/** An exact quantity. */
export type Amount = {
  /** In the smallest unit. */
  readonly raw: Scalars['BigInt']['output'];
  /** Digits behind the point. */
  readonly decimals: Scalars['Int']['output'];
  /** `raw` with the point. */
  readonly value: Scalars['Decimal']['output'];
};

/** The market of one chain: packages/protocol/SPEC.md. All amounts are in its collateral, a dollar token of six decimals. */
export type Market = Node & {
  readonly id: Scalars['ID']['output'];
  readonly chain: Chain;
  /** Symbol of the underlying. */
  readonly underlying: Scalars['String']['output'];
  /** What its oracle account says. */
  readonly price: OraclePrice;
  /** Annual volatility that options are priced with. */
  readonly volatility: Scalars['Decimal']['output'];
  /** Collateral of the pool that takes the other side of every trade. */
  readonly pool: Amount;
  /** Sizes of all long and of all short perpetual positions. */
  readonly openLong: Amount;
  /** As `openLong`. */
  readonly openShort: Amount;
  /** The perpetual on the underlying. */
  readonly perpetual: Instrument;
  /**
   * Calls and puts by expiry and strike. Default: the expiries of open positions and of the next four weeks' Fridays, 08:00 UTC; strikes at
   * 80 to 120 % of the price in steps of 5 %, in whole dollars.
   */
  readonly optionChain: ReadonlyArray<OptionExpiry>;
  /** Block on whose state the numbers stand. */
  readonly anchor: Block;
};


/** The market of one chain: packages/protocol/SPEC.md. All amounts are in its collateral, a dollar token of six decimals. */
export type MarketOptionChainArgs = {
  expiries?: InputMaybe<ReadonlyArray<Scalars['DateTime']['input']>>;
  strikes?: InputMaybe<ReadonlyArray<Scalars['Decimal']['input']>>;
};

/** What the oracle account of a market says. */
export type OraclePrice = {
  readonly market: Market;
  /** Dollars per underlying. */
  readonly price: Scalars['Decimal']['output'];
  /** Half width of the interval that the publisher is confident of. */
  readonly confidence: Scalars['Decimal']['output'];
  /** When the publisher signed it. */
  readonly publishedAt: Scalars['DateTime']['output'];
  /** Seconds between publication and the anchor. */
  readonly age: Scalars['Int']['output'];
  /** Whether the market accepts it: fresh and certain enough. */
  readonly usable: Scalars['Boolean']['output'];
  readonly anchor: Block;
};

/** Kind of contract. */
export type InstrumentKind =
  | 'PERPETUAL'
  | 'OPTION';

/** Right to buy or to sell. */
export type OptionType =
  | 'CALL'
  | 'PUT';

/** What can be traded on one market. */
export type Instrument = Node & {
  readonly id: Scalars['ID']['output'];
  /** `ETH-PERP`, `ETH-20261225-3000-C`. */
  readonly symbol: Scalars['String']['output'];
  readonly kind: InstrumentKind;
  readonly market: Market;
  /** Null for perpetuals, as the next two. */
  readonly expiry: Maybe<Scalars['DateTime']['output']>;
  /** Price of exercise. */
  readonly strike: Maybe<Scalars['Decimal']['output']>;
  readonly optionType: Maybe<OptionType>;
  /** Perpetual: the oracle's price. Option: its premium per underlying, as the market's program computes it. */
  readonly mark: Scalars['Decimal']['output'];
  /** Implied volatility; null for perpetuals. */
  readonly impliedVolatility: Maybe<Scalars['Decimal']['output']>;
  /** Of one underlying. */
  readonly greeks: Greeks;
};

/** Sensitivities of one underlying's worth of an instrument, or of a whole position, in dollars. */
export type Greeks = {
  /** Per dollar of the price. */
  readonly delta: Scalars['Decimal']['output'];
  /** Of delta, per dollar of the price. */
  readonly gamma: Scalars['Decimal']['output'];
  /** Per volatility point, that is 0.01. */
  readonly vega: Scalars['Decimal']['output'];
  /** Per day. */
  readonly theta: Scalars['Decimal']['output'];
};

/** The options of one expiry. */
export type OptionExpiry = {
  /** When they are settled. */
  readonly expiry: Scalars['DateTime']['output'];
  /** By strike, ascending. */
  readonly rows: ReadonlyArray<OptionRow>;
};

/** Call and put of one strike. */
export type OptionRow = {
  /** Price of exercise. */
  readonly strike: Scalars['Decimal']['output'];
  /** The right to buy. */
  readonly call: Instrument;
  /** The right to sell. */
  readonly put: Instrument;
};

/** LONG gains when the price rises (a put: the holder), SHORT is its counterpart. */
export type Side =
  | 'LONG'
  | 'SHORT';

/** A position of one owner on one market. */
export type Position = Node & {
  readonly id: Scalars['ID']['output'];
  /** Whose it is. */
  readonly account: MarginAccount;
  readonly instrument: Instrument;
  readonly side: Side;
  /** In units of the underlying, six decimals. */
  readonly size: Amount;
  /** Average price of entry of a perpetual; null for options. */
  readonly entryPrice: Maybe<Scalars['Decimal']['output']>;
  /** Size at the oracle's price. */
  readonly notional: Amount;
  /** What it adds to the account's equity now; negative if it takes away. Perpetual: the unrealised gain. Option: its value. */
  readonly value: Amount;
  /** What opening it takes. */
  readonly initialMargin: Amount;
  /** What keeping it takes. */
  readonly maintenanceMargin: Amount;
  /** Of the whole position. */
  readonly greeks: Greeks;
  readonly anchor: Block;
};

/** A position in its list. */
export type PositionEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Position;
};

/** A page of positions. */
export type PositionConnection = {
  readonly edges: ReadonlyArray<PositionEdge>;
  readonly pageInfo: PageInfo;
};

/** By the Relay specification of cursor connections. */
export type PageInfo = {
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor: Maybe<Scalars['String']['output']>;
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

/** An owner's account with the market of one chain. */
export type MarginAccount = Node & {
  readonly id: Scalars['ID']['output'];
  /** Whose it is. */
  readonly owner: Scalars['AccountId']['output'];
  readonly chain: Chain;
  /** Collateral in the market. */
  readonly collateral: Amount;
  /** Collateral tokens that the owner holds outside the market, read from the chain now. */
  readonly wallet: Amount;
  /** Collateral and the value of all positions. */
  readonly equity: Amount;
  /** What its positions need to be opened. */
  readonly initialMargin: Amount;
  /** What its positions need to be kept. */
  readonly maintenanceMargin: Amount;
  /** Equity above the initial margin; 0 if there is none. */
  readonly freeCollateral: Amount;
  /**
   * (equity - maintenance margin) / equity, floored to nine digits; -1 if there is no equity; null without positions. Below 0 the account can be
   * liquidated.
   */
  readonly health: Maybe<Scalars['Decimal']['output']>;
  /** Whether its equity is below its maintenance margin. */
  readonly liquidatable: Scalars['Boolean']['output'];
  /** The perpetual first, then the options by slot. */
  readonly positions: ReadonlyArray<Position>;
  readonly anchor: Block;
};

/** Accounts of several owners on all chains. */
export type Portfolio = {
  /** As asked for. */
  readonly owners: ReadonlyArray<Scalars['AccountId']['output']>;
  /** One for each owner. */
  readonly accounts: ReadonlyArray<MarginAccount>;
  /** Sums over the accounts. */
  readonly collateral: Amount;
  /** Outside the markets. */
  readonly wallet: Amount;
  /** Signed. */
  readonly equity: Amount;
  /** Of all positions. */
  readonly initialMargin: Amount;
  /** Of all positions. */
  readonly maintenanceMargin: Amount;
  /** Of all positions. */
  readonly greeks: Greeks;
  /** Transfers of the owners that are on their way. */
  readonly inFlight: ReadonlyArray<Transfer>;
};

/** What all chains together offer in one underlying. */
export type Liquidity = {
  /** Its symbol. */
  readonly underlying: Scalars['String']['output'];
  /** Sum of the pools. */
  readonly pool: Amount;
  /** Sum of the sizes. */
  readonly openLong: Amount;
  /** Sum of the sizes. */
  readonly openShort: Amount;
  /** The markets it consists of. */
  readonly venues: ReadonlyArray<Market>;
};

/** What moves. */
export type TransferKind =
  | 'COLLATERAL'
  | 'PERPETUAL'
  | 'OPTION';

/** How far a transfer has come. */
export type TransferStatus =
  /** In a block of the source. */
  | 'INITIATED'
  /** In a final block of the source. */
  | 'SOURCE_FINAL'
  /** Received at the destination. */
  | 'EXECUTED'
  /** Given back at the source, because it was not received in time. */
  | 'REFUNDED';

/** A packet on its way from market to market. */
export type Transfer = Node & {
  readonly id: Scalars['ID']['output'];
  /** keccak-256 of the packet's bytes. */
  readonly packetId: Scalars['Bytes']['output'];
  /** The bytes that travel. */
  readonly packet: Scalars['Bytes']['output'];
  readonly kind: TransferKind;
  readonly status: TransferStatus;
  /** Where it comes from. */
  readonly source: Chain;
  /** Where it goes. */
  readonly destination: Chain;
  /** Number of the packet at its source. */
  readonly sequence: Scalars['BigInt']['output'];
  /** Owner at the source. */
  readonly sender: Scalars['AccountId']['output'];
  /** Owner at the destination. */
  readonly recipient: Scalars['AccountId']['output'];
  /** Collateral that moves. */
  readonly collateral: Amount;
  /** What the pool gives along with an option. */
  readonly poolValue: Amount;
  /** Side, size, entry price, expiry, strike and type of the position; null if only collateral moves. */
  readonly position: Maybe<TransferredPosition>;
  /** On the destination's clock. */
  readonly timeout: Scalars['DateTime']['output'];
  /** What happened, oldest first. */
  readonly timeline: ReadonlyArray<TransferStep>;
};

/** The position in a packet. */
export type TransferredPosition = {
  readonly side: Side;
  /** In the underlying. */
  readonly size: Amount;
  /** Of a perpetual; null for options. */
  readonly entryPrice: Maybe<Scalars['Decimal']['output']>;
  /** Of an option; null for perpetuals, as the next two. */
  readonly expiry: Maybe<Scalars['DateTime']['output']>;
  /** Price of exercise. */
  readonly strike: Maybe<Scalars['Decimal']['output']>;
  readonly optionType: Maybe<OptionType>;
};

/** A change of a transfer's status. */
export type TransferStep = {
  readonly status: TransferStatus;
  readonly block: Block;
  /** As the chain writes it; null for SOURCE_FINAL, which is no transaction. */
  readonly transaction: Maybe<Scalars['String']['output']>;
};

/** A transfer in its list. */
export type TransferEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Transfer;
};

/** A page of transfers. */
export type TransferConnection = {
  readonly edges: ReadonlyArray<TransferEdge>;
  readonly pageInfo: PageInfo;
};

/** An account that was closed by force. */
export type Liquidation = Node & {
  readonly id: Scalars['ID']['output'];
  readonly market: Market;
  /** Whose account it was. */
  readonly owner: Scalars['AccountId']['output'];
  /** Who closed it. */
  readonly liquidator: Scalars['AccountId']['output'];
  /** Signed, before the liquidation. */
  readonly equity: Amount;
  /** What the liquidator got. */
  readonly reward: Amount;
  /** Loss beyond the collateral, which the pool bears. */
  readonly badDebt: Amount;
  readonly block: Block;
  /** As the chain writes it. */
  readonly transaction: Scalars['String']['output'];
};

/** A liquidation in its list. */
export type LiquidationEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: Liquidation;
};

/** A page of liquidations. */
export type LiquidationConnection = {
  readonly edges: ReadonlyArray<LiquidationEdge>;
  readonly pageInfo: PageInfo;
};

/** A price in its list. */
export type OraclePriceEdge = {
  readonly cursor: Scalars['String']['output'];
  readonly node: OraclePrice;
};

/** A page of prices. */
export type OraclePriceConnection = {
  readonly edges: ReadonlyArray<OraclePriceEdge>;
  readonly pageInfo: PageInfo;
};

/** A trade to quote. Exactly one member. */
export type TradeInput =
  /** Of the market's perpetual. */
  { readonly perpetual: PerpetualTradeInput; readonly option?: never; }
  |  /** Of one option. */
  { readonly perpetual?: never; readonly option: OptionTradeInput; };

/** A change of the perpetual position; it closes what is open on the other side first. */
export type PerpetualTradeInput = {
  /** LONG buys, SHORT sells. */
  readonly side: Side;
  /** In the underlying. */
  readonly size: Scalars['Decimal']['input'];
  /** Worst price that is accepted. Default: any. */
  readonly limit?: InputMaybe<Scalars['Decimal']['input']>;
};

/** A change of the position in one option. */
export type OptionTradeInput = {
  /** LONG buys, SHORT sells. */
  readonly side: Side;
  /** Of the option. */
  readonly expiry: Scalars['DateTime']['input'];
  /** Of the option. */
  readonly strike: Scalars['Decimal']['input'];
  readonly optionType: OptionType;
  /** In the underlying. */
  readonly size: Scalars['Decimal']['input'];
  /** Worst premium for the whole size that is accepted. Default: any. */
  readonly limit?: InputMaybe<Scalars['Decimal']['input']>;
};

/** What a trade costs, by venue, computed now by each market's program on its chain's virtual machine. */
export type Quote = {
  /** The cheapest venue for a buyer, the one that pays most to a seller; null if none can. */
  readonly best: Maybe<VenueQuote>;
  /** Best first. */
  readonly venues: ReadonlyArray<VenueQuote>;
  /** Markets that cannot trade it now, and why. */
  readonly unavailable: ReadonlyArray<UnavailableVenue>;
};

/** What the trade costs on one market. */
export type VenueQuote = {
  readonly market: Market;
  /** Of the underlying. */
  readonly price: Scalars['Decimal']['output'];
  /** For the whole size; 0 for perpetuals. */
  readonly premium: Amount;
  /** The market's fee. */
  readonly fee: Amount;
  /** What the trade costs at once: premium and fee for a buyer, fee less premium for a seller (negative: it pays). */
  readonly total: Amount;
  /** Block on whose state it was computed. */
  readonly at: Block;
};

/** A market that cannot trade it now. */
export type UnavailableVenue = {
  readonly market: Market;
  /** Number of the market's error (packages/protocol/SPEC.md, section 5); null for other reasons. */
  readonly marketError: Maybe<Scalars['Int']['output']>;
  /** One sentence. */
  readonly reason: Scalars['String']['output'];
};

/** An action on a market. Exactly one member. */
export type ActionInput =
  /** Amount of collateral to move from the wallet into the market. */
  { readonly deposit: Scalars['Decimal']['input']; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  /** Amount of collateral to move back to the wallet. */
  { readonly deposit?: never; readonly withdraw: Scalars['Decimal']['input']; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  /** Amount of collateral to give to the pool. */
  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool: Scalars['Decimal']['input']; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  /** Trade of the perpetual or of an option. */
  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade: TradeInput; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  /** Settles an expired option: the position's identifier. Anybody may. */
  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption: Scalars['ID']['input']; readonly liquidate?: never; readonly bridge?: never; }
  |  /** Account to liquidate. */
  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate: Scalars['AccountId']['input']; readonly bridge?: never; }
  |  /** Sends a position or collateral to another chain. */
  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge: BridgeInput; };

/** What goes where. */
export type BridgeInput = {
  /** Chain that it goes to. */
  readonly destination: Scalars['ID']['input'];
  /** Who receives it there. */
  readonly recipient: Scalars['AccountId']['input'];
  /** Position to move, by its identifier; null = collateral only. */
  readonly position?: InputMaybe<Scalars['ID']['input']>;
  /** Collateral that goes along. */
  readonly collateral: Scalars['Decimal']['input'];
  /** On the destination's clock. Default: an hour after its newest block. */
  readonly timeout?: InputMaybe<Scalars['DateTime']['input']>;
};

/** How `payload` holds a transaction. */
export type TransactionEncoding =
  /** JSON of a transaction request of viem. */
  | 'EVM_JSON'
  /** Base64 of a Solana message. */
  | 'SOLANA_MESSAGE'
  /** Hex of the BCS of an Aptos RawTransaction. */
  | 'APTOS_BCS'
  /** JSON of a Substrate SignerPayloadJSON. */
  | 'SUBSTRATE_JSON';

/** A transaction in the chain's own form, to be signed by its sender. */
export type UnsignedTransaction = {
  /** Its identifier. */
  readonly chain: Scalars['ID']['output'];
  /** How to read `payload`. */
  readonly encoding: TransactionEncoding;
  /** What is to be signed. */
  readonly payload: Scalars['String']['output'];
  /** The sender's number that it uses; null where the chain has none. */
  readonly nonce: Maybe<Scalars['BigInt']['output']>;
  /** Null = for ever. */
  readonly validUntil: Maybe<ValidUntil>;
};

/** After this a transaction can no longer be included: a height, or a moment, of the chain. */
export type ValidUntil = {
  /** Solana: block height. */
  readonly height: Maybe<Scalars['Int']['output']>;
  /** On the chain's clock. */
  readonly timestamp: Maybe<Scalars['DateTime']['output']>;
};

/** What `buildTransaction` gives. */
export type PreparedAction = {
  /** In the order of signing and sending; the last one is the action, those before it prepare it (an allowance). */
  readonly transactions: ReadonlyArray<UnsignedTransaction>;
  /** Whether the action would succeed now, run on the chain's virtual machine without signature; null if a transaction must come first. */
  readonly simulation: Maybe<ActionSimulation>;
};

/** What would become of an action. */
export type ActionSimulation = {
  /** Whether it would succeed. */
  readonly ok: Scalars['Boolean']['output'];
  /** Number of the market's error (packages/protocol/SPEC.md, section 5); null for other reasons. */
  readonly marketError: Maybe<Scalars['Int']['output']>;
  /** Why it would fail; null if it would not. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** As `buildTransaction` gave it. */
export type UnsignedTransactionInput = {
  readonly chain: Scalars['ID']['input'];
  readonly encoding: TransactionEncoding;
  readonly payload: Scalars['String']['input'];
  readonly nonce?: InputMaybe<Scalars['BigInt']['input']>;
  readonly validUntil?: InputMaybe<ValidUntilInput>;
};

/** As `ValidUntil`. */
export type ValidUntilInput = {
  readonly height?: InputMaybe<Scalars['Int']['input']>;
  readonly timestamp?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A transaction that was sent: what its status can be asked with. */
export type SentTransaction = {
  /** Its identifier. */
  readonly chain: Scalars['ID']['output'];
  /** The chain's own identifier: hash or signature. */
  readonly id: Scalars['String']['output'];
  /** As the chain writes it. */
  readonly sender: Scalars['String']['output'];
  /** Null where the chain has none. */
  readonly nonce: Maybe<Scalars['BigInt']['output']>;
  /** Null = for ever. */
  readonly validUntil: Maybe<ValidUntil>;
};

/** As `submitTransaction` gave it. */
export type SentTransactionInput = {
  readonly chain: Scalars['ID']['input'];
  readonly id: Scalars['String']['input'];
  readonly sender: Scalars['String']['input'];
  readonly nonce?: InputMaybe<Scalars['BigInt']['input']>;
  readonly validUntil?: InputMaybe<ValidUntilInput>;
};

/** How far a transaction has come. */
export type TransactionState =
  /** The node does not know it; sending it again is right. */
  | 'UNKNOWN'
  /** It waits for a block. */
  | 'PENDING'
  /** In a block, and it succeeded. */
  | 'INCLUDED'
  /** In a block, and it failed. */
  | 'FAILED'
  /** It can never be included. */
  | 'EXPIRED';

/** What has become of a transaction. */
export type TransactionStatus = {
  /** How far it has come. */
  readonly state: TransactionState;
  /** Null unless INCLUDED or FAILED. */
  readonly block: Maybe<Block>;
  /** Number of the market's error, if it was the market that refused. */
  readonly marketError: Maybe<Scalars['Int']['output']>;
  /** Why it failed or expired, in the chain's words. */
  readonly reason: Maybe<Scalars['String']['output']>;
};

/** What is told as it happens, by server-sent events. */
export type Subscription = {
  /** The account whenever it changes, also by a reorganisation; first as it is. */
  readonly account: MarginAccount;
  /** Every liquidation from now on. */
  readonly liquidations: Liquidation;
  /** Every price from now on. */
  readonly prices: OraclePrice;
  /** Transfers whenever their status changes. */
  readonly transfers: Transfer;
};


/** What is told as it happens, by server-sent events. */
export type SubscriptionAccountArgs = {
  owner: Scalars['AccountId']['input'];
};


/** What is told as it happens, by server-sent events. */
export type SubscriptionLiquidationsArgs = {
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


/** What is told as it happens, by server-sent events. */
export type SubscriptionPricesArgs = {
  chains?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};


/** What is told as it happens, by server-sent events. */
export type SubscriptionTransfersArgs = {
  owner?: InputMaybe<Scalars['AccountId']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( ChainModel )
    | ( MarketModel )
    | ( InstrumentModel )
    | ( PositionModel )
    | ( MarginAccountModel )
    | ( Omit<Transfer, 'source' | 'destination' | 'collateral' | 'poolValue' | 'position' | 'timeline'> & { source: _RefType['Chain'], destination: _RefType['Chain'], collateral: _RefType['Amount'], poolValue: _RefType['Amount'], position?: Maybe<_RefType['TransferredPosition']>, timeline: ReadonlyArray<_RefType['TransferStep']> } )
    | ( Omit<Liquidation, 'market' | 'equity' | 'reward' | 'badDebt' | 'block'> & { market: _RefType['Market'], equity: _RefType['Amount'], reward: _RefType['Amount'], badDebt: _RefType['Amount'], block: _RefType['Block'] } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Bytes: ResolverTypeWrapper<Scalars['Bytes']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  VM: ResolverTypeWrapper<VmModel>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Machine: ResolverTypeWrapper<MachineModel>;
  Program: ResolverTypeWrapper<ProgramModel>;
  SimulationStep: SimulationStep;
  AccountInput: AccountInput;
  Simulation: ResolverTypeWrapper<SimulationModel>;
  Step: ResolverTypeWrapper<StepModel>;
  Fault: ResolverTypeWrapper<Fault>;
  Event: ResolverTypeWrapper<EventModel>;
  Cell: ResolverTypeWrapper<CellModel>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  AccountId: ResolverTypeWrapper<Scalars['AccountId']['output']>;
  ChainFamily: ChainFamily;
  Finality: Finality;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  Block: ResolverTypeWrapper<BlockModel>;
  Chain: ResolverTypeWrapper<ChainModel>;
  Amount: ResolverTypeWrapper<AmountModel>;
  Market: ResolverTypeWrapper<MarketModel>;
  OraclePrice: ResolverTypeWrapper<Omit<OraclePrice, 'market' | 'anchor'> & { market: ResolversTypes['Market'], anchor: ResolversTypes['Block'] }>;
  InstrumentKind: InstrumentKind;
  OptionType: OptionType;
  Instrument: ResolverTypeWrapper<InstrumentModel>;
  Greeks: ResolverTypeWrapper<Greeks>;
  OptionExpiry: ResolverTypeWrapper<Omit<OptionExpiry, 'rows'> & { rows: ReadonlyArray<ResolversTypes['OptionRow']> }>;
  OptionRow: ResolverTypeWrapper<Omit<OptionRow, 'call' | 'put'> & { call: ResolversTypes['Instrument'], put: ResolversTypes['Instrument'] }>;
  Side: Side;
  Position: ResolverTypeWrapper<PositionModel>;
  PositionEdge: ResolverTypeWrapper<Omit<PositionEdge, 'node'> & { node: ResolversTypes['Position'] }>;
  PositionConnection: ResolverTypeWrapper<Omit<PositionConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['PositionEdge']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  MarginAccount: ResolverTypeWrapper<MarginAccountModel>;
  Portfolio: ResolverTypeWrapper<PortfolioModel>;
  Liquidity: ResolverTypeWrapper<Omit<Liquidity, 'pool' | 'openLong' | 'openShort' | 'venues'> & { pool: ResolversTypes['Amount'], openLong: ResolversTypes['Amount'], openShort: ResolversTypes['Amount'], venues: ReadonlyArray<ResolversTypes['Market']> }>;
  TransferKind: TransferKind;
  TransferStatus: TransferStatus;
  Transfer: ResolverTypeWrapper<Omit<Transfer, 'source' | 'destination' | 'collateral' | 'poolValue' | 'position' | 'timeline'> & { source: ResolversTypes['Chain'], destination: ResolversTypes['Chain'], collateral: ResolversTypes['Amount'], poolValue: ResolversTypes['Amount'], position?: Maybe<ResolversTypes['TransferredPosition']>, timeline: ReadonlyArray<ResolversTypes['TransferStep']> }>;
  TransferredPosition: ResolverTypeWrapper<Omit<TransferredPosition, 'size'> & { size: ResolversTypes['Amount'] }>;
  TransferStep: ResolverTypeWrapper<Omit<TransferStep, 'block'> & { block: ResolversTypes['Block'] }>;
  TransferEdge: ResolverTypeWrapper<Omit<TransferEdge, 'node'> & { node: ResolversTypes['Transfer'] }>;
  TransferConnection: ResolverTypeWrapper<Omit<TransferConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['TransferEdge']> }>;
  Liquidation: ResolverTypeWrapper<Omit<Liquidation, 'market' | 'equity' | 'reward' | 'badDebt' | 'block'> & { market: ResolversTypes['Market'], equity: ResolversTypes['Amount'], reward: ResolversTypes['Amount'], badDebt: ResolversTypes['Amount'], block: ResolversTypes['Block'] }>;
  LiquidationEdge: ResolverTypeWrapper<Omit<LiquidationEdge, 'node'> & { node: ResolversTypes['Liquidation'] }>;
  LiquidationConnection: ResolverTypeWrapper<Omit<LiquidationConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['LiquidationEdge']> }>;
  OraclePriceEdge: ResolverTypeWrapper<Omit<OraclePriceEdge, 'node'> & { node: ResolversTypes['OraclePrice'] }>;
  OraclePriceConnection: ResolverTypeWrapper<Omit<OraclePriceConnection, 'edges'> & { edges: ReadonlyArray<ResolversTypes['OraclePriceEdge']> }>;
  TradeInput: TradeInput;
  PerpetualTradeInput: PerpetualTradeInput;
  OptionTradeInput: OptionTradeInput;
  Quote: ResolverTypeWrapper<Omit<Quote, 'best' | 'venues' | 'unavailable'> & { best?: Maybe<ResolversTypes['VenueQuote']>, venues: ReadonlyArray<ResolversTypes['VenueQuote']>, unavailable: ReadonlyArray<ResolversTypes['UnavailableVenue']> }>;
  VenueQuote: ResolverTypeWrapper<Omit<VenueQuote, 'market' | 'premium' | 'fee' | 'total' | 'at'> & { market: ResolversTypes['Market'], premium: ResolversTypes['Amount'], fee: ResolversTypes['Amount'], total: ResolversTypes['Amount'], at: ResolversTypes['Block'] }>;
  UnavailableVenue: ResolverTypeWrapper<Omit<UnavailableVenue, 'market'> & { market: ResolversTypes['Market'] }>;
  ActionInput: ActionInput;
  BridgeInput: BridgeInput;
  TransactionEncoding: TransactionEncoding;
  UnsignedTransaction: ResolverTypeWrapper<UnsignedTransaction>;
  ValidUntil: ResolverTypeWrapper<ValidUntil>;
  PreparedAction: ResolverTypeWrapper<PreparedAction>;
  ActionSimulation: ResolverTypeWrapper<ActionSimulation>;
  UnsignedTransactionInput: UnsignedTransactionInput;
  ValidUntilInput: ValidUntilInput;
  SentTransaction: ResolverTypeWrapper<SentTransaction>;
  SentTransactionInput: SentTransactionInput;
  TransactionState: TransactionState;
  TransactionStatus: ResolverTypeWrapper<Omit<TransactionStatus, 'block'> & { block?: Maybe<ResolversTypes['Block']> }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Bytes: Scalars['Bytes']['output'];
  BigInt: Scalars['BigInt']['output'];
  JSON: Scalars['JSON']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Machine: MachineModel;
  Program: ProgramModel;
  SimulationStep: SimulationStep;
  AccountInput: AccountInput;
  Simulation: SimulationModel;
  Step: StepModel;
  Fault: Fault;
  Event: EventModel;
  Cell: CellModel;
  Decimal: Scalars['Decimal']['output'];
  DateTime: Scalars['DateTime']['output'];
  AccountId: Scalars['AccountId']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  Block: BlockModel;
  Chain: ChainModel;
  Amount: AmountModel;
  Market: MarketModel;
  OraclePrice: Omit<OraclePrice, 'market' | 'anchor'> & { market: ResolversParentTypes['Market'], anchor: ResolversParentTypes['Block'] };
  Instrument: InstrumentModel;
  Greeks: Greeks;
  OptionExpiry: Omit<OptionExpiry, 'rows'> & { rows: ReadonlyArray<ResolversParentTypes['OptionRow']> };
  OptionRow: Omit<OptionRow, 'call' | 'put'> & { call: ResolversParentTypes['Instrument'], put: ResolversParentTypes['Instrument'] };
  Position: PositionModel;
  PositionEdge: Omit<PositionEdge, 'node'> & { node: ResolversParentTypes['Position'] };
  PositionConnection: Omit<PositionConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['PositionEdge']> };
  PageInfo: PageInfo;
  MarginAccount: MarginAccountModel;
  Portfolio: PortfolioModel;
  Liquidity: Omit<Liquidity, 'pool' | 'openLong' | 'openShort' | 'venues'> & { pool: ResolversParentTypes['Amount'], openLong: ResolversParentTypes['Amount'], openShort: ResolversParentTypes['Amount'], venues: ReadonlyArray<ResolversParentTypes['Market']> };
  Transfer: Omit<Transfer, 'source' | 'destination' | 'collateral' | 'poolValue' | 'position' | 'timeline'> & { source: ResolversParentTypes['Chain'], destination: ResolversParentTypes['Chain'], collateral: ResolversParentTypes['Amount'], poolValue: ResolversParentTypes['Amount'], position?: Maybe<ResolversParentTypes['TransferredPosition']>, timeline: ReadonlyArray<ResolversParentTypes['TransferStep']> };
  TransferredPosition: Omit<TransferredPosition, 'size'> & { size: ResolversParentTypes['Amount'] };
  TransferStep: Omit<TransferStep, 'block'> & { block: ResolversParentTypes['Block'] };
  TransferEdge: Omit<TransferEdge, 'node'> & { node: ResolversParentTypes['Transfer'] };
  TransferConnection: Omit<TransferConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['TransferEdge']> };
  Liquidation: Omit<Liquidation, 'market' | 'equity' | 'reward' | 'badDebt' | 'block'> & { market: ResolversParentTypes['Market'], equity: ResolversParentTypes['Amount'], reward: ResolversParentTypes['Amount'], badDebt: ResolversParentTypes['Amount'], block: ResolversParentTypes['Block'] };
  LiquidationEdge: Omit<LiquidationEdge, 'node'> & { node: ResolversParentTypes['Liquidation'] };
  LiquidationConnection: Omit<LiquidationConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['LiquidationEdge']> };
  OraclePriceEdge: Omit<OraclePriceEdge, 'node'> & { node: ResolversParentTypes['OraclePrice'] };
  OraclePriceConnection: Omit<OraclePriceConnection, 'edges'> & { edges: ReadonlyArray<ResolversParentTypes['OraclePriceEdge']> };
  TradeInput: TradeInput;
  PerpetualTradeInput: PerpetualTradeInput;
  OptionTradeInput: OptionTradeInput;
  Quote: Omit<Quote, 'best' | 'venues' | 'unavailable'> & { best?: Maybe<ResolversParentTypes['VenueQuote']>, venues: ReadonlyArray<ResolversParentTypes['VenueQuote']>, unavailable: ReadonlyArray<ResolversParentTypes['UnavailableVenue']> };
  VenueQuote: Omit<VenueQuote, 'market' | 'premium' | 'fee' | 'total' | 'at'> & { market: ResolversParentTypes['Market'], premium: ResolversParentTypes['Amount'], fee: ResolversParentTypes['Amount'], total: ResolversParentTypes['Amount'], at: ResolversParentTypes['Block'] };
  UnavailableVenue: Omit<UnavailableVenue, 'market'> & { market: ResolversParentTypes['Market'] };
  ActionInput: ActionInput;
  BridgeInput: BridgeInput;
  UnsignedTransaction: UnsignedTransaction;
  ValidUntil: ValidUntil;
  PreparedAction: PreparedAction;
  ActionSimulation: ActionSimulation;
  UnsignedTransactionInput: UnsignedTransactionInput;
  ValidUntilInput: ValidUntilInput;
  SentTransaction: SentTransaction;
  SentTransactionInput: SentTransactionInput;
  TransactionStatus: Omit<TransactionStatus, 'block'> & { block?: Maybe<ResolversParentTypes['Block']> };
  Subscription: Record<PropertyKey, never>;
};

export interface BytesScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Bytes'], any> {
  name: 'Bytes';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type VmResolvers = { EVM: 'evm', SVM: 'svm', MOVE: 'move' };

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  machines?: Resolver<ReadonlyArray<ResolversTypes['Machine']>, ParentType, ContextType>;
  program?: Resolver<Maybe<ResolversTypes['Program']>, ParentType, ContextType, RequireFields<QueryProgramArgs, 'id'>>;
  simulate?: Resolver<ResolversTypes['Simulation'], ParentType, ContextType, RequireFields<QuerySimulateArgs, 'steps'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  chains?: Resolver<ReadonlyArray<ResolversTypes['Chain']>, ParentType, ContextType>;
  chain?: Resolver<Maybe<ResolversTypes['Chain']>, ParentType, ContextType, RequireFields<QueryChainArgs, 'id'>>;
  markets?: Resolver<ReadonlyArray<ResolversTypes['Market']>, ParentType, ContextType, Partial<QueryMarketsArgs>>;
  instrument?: Resolver<Maybe<ResolversTypes['Instrument']>, ParentType, ContextType, RequireFields<QueryInstrumentArgs, 'id'>>;
  oraclePrices?: Resolver<ResolversTypes['OraclePriceConnection'], ParentType, ContextType, RequireFields<QueryOraclePricesArgs, 'first'>>;
  positions?: Resolver<ResolversTypes['PositionConnection'], ParentType, ContextType, RequireFields<QueryPositionsArgs, 'first'>>;
  liquidatable?: Resolver<ReadonlyArray<ResolversTypes['MarginAccount']>, ParentType, ContextType, Partial<QueryLiquidatableArgs>>;
  portfolio?: Resolver<ResolversTypes['Portfolio'], ParentType, ContextType, RequireFields<QueryPortfolioArgs, 'owners'>>;
  liquidity?: Resolver<ResolversTypes['Liquidity'], ParentType, ContextType, RequireFields<QueryLiquidityArgs, 'underlying'>>;
  quote?: Resolver<ResolversTypes['Quote'], ParentType, ContextType, RequireFields<QueryQuoteArgs, 'trade'>>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType, RequireFields<QueryTransferArgs, 'id'>>;
  transfers?: Resolver<ResolversTypes['TransferConnection'], ParentType, ContextType, RequireFields<QueryTransfersArgs, 'first'>>;
  liquidations?: Resolver<ResolversTypes['LiquidationConnection'], ParentType, ContextType, RequireFields<QueryLiquidationsArgs, 'first'>>;
  buildTransaction?: Resolver<ResolversTypes['PreparedAction'], ParentType, ContextType, RequireFields<QueryBuildTransactionArgs, 'sender' | 'action'>>;
  transactionStatus?: Resolver<ResolversTypes['TransactionStatus'], ParentType, ContextType, RequireFields<QueryTransactionStatusArgs, 'transaction'>>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  deploy?: Resolver<ResolversTypes['Program'], ParentType, ContextType, RequireFields<MutationDeployArgs, 'vm' | 'code' | 'construct'>>;
  simulate?: Resolver<ResolversTypes['Simulation'], ParentType, ContextType, RequireFields<MutationSimulateArgs, 'steps'>>;
  submitTransaction?: Resolver<ResolversTypes['SentTransaction'], ParentType, ContextType, RequireFields<MutationSubmitTransactionArgs, 'transaction' | 'sender' | 'signature'>>;
};

export type MachineResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Machine'] = ResolversParentTypes['Machine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  vm?: Resolver<ResolversTypes['VM'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gasUnit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gasLimitDefault?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  gasLimitMax?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  programs?: Resolver<ReadonlyArray<ResolversTypes['Program']>, ParentType, ContextType, RequireFields<MachineProgramsArgs, 'first'>>;
};

export type ProgramResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Program'] = ResolversParentTypes['Program']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  vm?: Resolver<ResolversTypes['VM'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  codeHash?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  listing?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ProgramListingArgs, 'from' | 'lines'>>;
  listingLineCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ir?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ProgramIrArgs, 'from' | 'lines'>>;
  irLineCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType, Partial<ProgramIrLineCountArgs>>;
};

export type SimulationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Simulation'] = ResolversParentTypes['Simulation']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  steps?: Resolver<ReadonlyArray<ResolversTypes['Step']>, ParentType, ContextType>;
  stateDiff?: Resolver<ReadonlyArray<ResolversTypes['Cell']>, ParentType, ContextType>;
};

export type StepResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Step'] = ResolversParentTypes['Step']> = {
  vm?: Resolver<ResolversTypes['VM'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  output?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  returns?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  gasUsed?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  logs?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  events?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  fault?: Resolver<Maybe<ResolversTypes['Fault']>, ParentType, ContextType>;
  trace?: Resolver<ReadonlyArray<ResolversTypes['JSON']>, ParentType, ContextType, RequireFields<StepTraceArgs, 'limit'>>;
};

export type FaultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Fault'] = ResolversParentTypes['Fault']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type EventResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  vm?: Resolver<ResolversTypes['VM'], ParentType, ContextType>;
  account?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  topics?: Resolver<ReadonlyArray<ResolversTypes['Bytes']>, ParentType, ContextType>;
  data?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  text?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CellResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Cell'] = ResolversParentTypes['Cell']> = {
  domain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  account?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  keyText?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['Bytes']>, ParentType, ContextType>;
  after?: Resolver<Maybe<ResolversTypes['Bytes']>, ParentType, ContextType>;
};

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface AccountIdScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['AccountId'], any> {
  name: 'AccountId';
}

export type NodeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Chain' | 'Market' | 'Instrument' | 'Position' | 'MarginAccount' | 'Transfer' | 'Liquidation', ParentType, ContextType>;
};

export type BlockResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Block'] = ResolversParentTypes['Block']> = {
  chain?: Resolver<ResolversTypes['Chain'], ParentType, ContextType>;
  height?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parentHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finality?: Resolver<ResolversTypes['Finality'], ParentType, ContextType>;
};

export type ChainResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Chain'] = ResolversParentTypes['Chain']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  family?: Resolver<ResolversTypes['ChainFamily'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  domain?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  finalityDepth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  head?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  finalized?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  lag?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  market?: Resolver<ResolversTypes['Market'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AmountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Amount'] = ResolversParentTypes['Amount']> = {
  raw?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  decimals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type MarketResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Market'] = ResolversParentTypes['Market']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['Chain'], ParentType, ContextType>;
  underlying?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['OraclePrice'], ParentType, ContextType>;
  volatility?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  pool?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  openLong?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  openShort?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  perpetual?: Resolver<ResolversTypes['Instrument'], ParentType, ContextType>;
  optionChain?: Resolver<ReadonlyArray<ResolversTypes['OptionExpiry']>, ParentType, ContextType, Partial<MarketOptionChainArgs>>;
  anchor?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OraclePriceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OraclePrice'] = ResolversParentTypes['OraclePrice']> = {
  market?: Resolver<ResolversTypes['Market'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  age?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  anchor?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
};

export type InstrumentResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Instrument'] = ResolversParentTypes['Instrument']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  symbol?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InstrumentKind'], ParentType, ContextType>;
  market?: Resolver<ResolversTypes['Market'], ParentType, ContextType>;
  expiry?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  strike?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  optionType?: Resolver<Maybe<ResolversTypes['OptionType']>, ParentType, ContextType>;
  mark?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  impliedVolatility?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  greeks?: Resolver<ResolversTypes['Greeks'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GreeksResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Greeks'] = ResolversParentTypes['Greeks']> = {
  delta?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  gamma?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  vega?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  theta?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
};

export type OptionExpiryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OptionExpiry'] = ResolversParentTypes['OptionExpiry']> = {
  expiry?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  rows?: Resolver<ReadonlyArray<ResolversTypes['OptionRow']>, ParentType, ContextType>;
};

export type OptionRowResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OptionRow'] = ResolversParentTypes['OptionRow']> = {
  strike?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  call?: Resolver<ResolversTypes['Instrument'], ParentType, ContextType>;
  put?: Resolver<ResolversTypes['Instrument'], ParentType, ContextType>;
};

export type PositionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Position'] = ResolversParentTypes['Position']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  account?: Resolver<ResolversTypes['MarginAccount'], ParentType, ContextType>;
  instrument?: Resolver<ResolversTypes['Instrument'], ParentType, ContextType>;
  side?: Resolver<ResolversTypes['Side'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  entryPrice?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  notional?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  initialMargin?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  maintenanceMargin?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  greeks?: Resolver<ResolversTypes['Greeks'], ParentType, ContextType>;
  anchor?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PositionEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PositionEdge'] = ResolversParentTypes['PositionEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Position'], ParentType, ContextType>;
};

export type PositionConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PositionConnection'] = ResolversParentTypes['PositionConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PositionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MarginAccountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MarginAccount'] = ResolversParentTypes['MarginAccount']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['AccountId'], ParentType, ContextType>;
  chain?: Resolver<ResolversTypes['Chain'], ParentType, ContextType>;
  collateral?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  wallet?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  equity?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  initialMargin?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  maintenanceMargin?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  freeCollateral?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  health?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  liquidatable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  positions?: Resolver<ReadonlyArray<ResolversTypes['Position']>, ParentType, ContextType>;
  anchor?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PortfolioResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Portfolio'] = ResolversParentTypes['Portfolio']> = {
  owners?: Resolver<ReadonlyArray<ResolversTypes['AccountId']>, ParentType, ContextType>;
  accounts?: Resolver<ReadonlyArray<ResolversTypes['MarginAccount']>, ParentType, ContextType>;
  collateral?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  wallet?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  equity?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  initialMargin?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  maintenanceMargin?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  greeks?: Resolver<ResolversTypes['Greeks'], ParentType, ContextType>;
  inFlight?: Resolver<ReadonlyArray<ResolversTypes['Transfer']>, ParentType, ContextType>;
};

export type LiquidityResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Liquidity'] = ResolversParentTypes['Liquidity']> = {
  underlying?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pool?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  openLong?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  openShort?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  venues?: Resolver<ReadonlyArray<ResolversTypes['Market']>, ParentType, ContextType>;
};

export type TransferResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  packetId?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  packet?: Resolver<ResolversTypes['Bytes'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TransferKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TransferStatus'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['Chain'], ParentType, ContextType>;
  destination?: Resolver<ResolversTypes['Chain'], ParentType, ContextType>;
  sequence?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  sender?: Resolver<ResolversTypes['AccountId'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['AccountId'], ParentType, ContextType>;
  collateral?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  poolValue?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['TransferredPosition']>, ParentType, ContextType>;
  timeout?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  timeline?: Resolver<ReadonlyArray<ResolversTypes['TransferStep']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferredPositionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransferredPosition'] = ResolversParentTypes['TransferredPosition']> = {
  side?: Resolver<ResolversTypes['Side'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  entryPrice?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  expiry?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  strike?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  optionType?: Resolver<Maybe<ResolversTypes['OptionType']>, ParentType, ContextType>;
};

export type TransferStepResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransferStep'] = ResolversParentTypes['TransferStep']> = {
  status?: Resolver<ResolversTypes['TransferStatus'], ParentType, ContextType>;
  block?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  transaction?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TransferEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransferEdge'] = ResolversParentTypes['TransferEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
};

export type TransferConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransferConnection'] = ResolversParentTypes['TransferConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TransferEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type LiquidationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Liquidation'] = ResolversParentTypes['Liquidation']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  market?: Resolver<ResolversTypes['Market'], ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['AccountId'], ParentType, ContextType>;
  liquidator?: Resolver<ResolversTypes['AccountId'], ParentType, ContextType>;
  equity?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  reward?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  badDebt?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  block?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
  transaction?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LiquidationEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['LiquidationEdge'] = ResolversParentTypes['LiquidationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Liquidation'], ParentType, ContextType>;
};

export type LiquidationConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['LiquidationConnection'] = ResolversParentTypes['LiquidationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['LiquidationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OraclePriceEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OraclePriceEdge'] = ResolversParentTypes['OraclePriceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OraclePrice'], ParentType, ContextType>;
};

export type OraclePriceConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OraclePriceConnection'] = ResolversParentTypes['OraclePriceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OraclePriceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type QuoteResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote']> = {
  best?: Resolver<Maybe<ResolversTypes['VenueQuote']>, ParentType, ContextType>;
  venues?: Resolver<ReadonlyArray<ResolversTypes['VenueQuote']>, ParentType, ContextType>;
  unavailable?: Resolver<ReadonlyArray<ResolversTypes['UnavailableVenue']>, ParentType, ContextType>;
};

export type VenueQuoteResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['VenueQuote'] = ResolversParentTypes['VenueQuote']> = {
  market?: Resolver<ResolversTypes['Market'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  premium?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  fee?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Amount'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['Block'], ParentType, ContextType>;
};

export type UnavailableVenueResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnavailableVenue'] = ResolversParentTypes['UnavailableVenue']> = {
  market?: Resolver<ResolversTypes['Market'], ParentType, ContextType>;
  marketError?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UnsignedTransactionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnsignedTransaction'] = ResolversParentTypes['UnsignedTransaction']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  encoding?: Resolver<ResolversTypes['TransactionEncoding'], ParentType, ContextType>;
  payload?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nonce?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['ValidUntil']>, ParentType, ContextType>;
};

export type ValidUntilResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ValidUntil'] = ResolversParentTypes['ValidUntil']> = {
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  timestamp?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PreparedActionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PreparedAction'] = ResolversParentTypes['PreparedAction']> = {
  transactions?: Resolver<ReadonlyArray<ResolversTypes['UnsignedTransaction']>, ParentType, ContextType>;
  simulation?: Resolver<Maybe<ResolversTypes['ActionSimulation']>, ParentType, ContextType>;
};

export type ActionSimulationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ActionSimulation'] = ResolversParentTypes['ActionSimulation']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  marketError?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SentTransactionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SentTransaction'] = ResolversParentTypes['SentTransaction']> = {
  chain?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sender?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nonce?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['ValidUntil']>, ParentType, ContextType>;
};

export type TransactionStatusResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TransactionStatus'] = ResolversParentTypes['TransactionStatus']> = {
  state?: Resolver<ResolversTypes['TransactionState'], ParentType, ContextType>;
  block?: Resolver<Maybe<ResolversTypes['Block']>, ParentType, ContextType>;
  marketError?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  account?: SubscriptionResolver<ResolversTypes['MarginAccount'], "account", ParentType, ContextType, RequireFields<SubscriptionAccountArgs, 'owner'>>;
  liquidations?: SubscriptionResolver<ResolversTypes['Liquidation'], "liquidations", ParentType, ContextType, Partial<SubscriptionLiquidationsArgs>>;
  prices?: SubscriptionResolver<ResolversTypes['OraclePrice'], "prices", ParentType, ContextType, Partial<SubscriptionPricesArgs>>;
  transfers?: SubscriptionResolver<ResolversTypes['Transfer'], "transfers", ParentType, ContextType, Partial<SubscriptionTransfersArgs>>;
};

export type Resolvers<ContextType = unknown> = {
  Bytes?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  VM?: VmResolvers;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Machine?: MachineResolvers<ContextType>;
  Program?: ProgramResolvers<ContextType>;
  Simulation?: SimulationResolvers<ContextType>;
  Step?: StepResolvers<ContextType>;
  Fault?: FaultResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  Cell?: CellResolvers<ContextType>;
  Decimal?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  AccountId?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Block?: BlockResolvers<ContextType>;
  Chain?: ChainResolvers<ContextType>;
  Amount?: AmountResolvers<ContextType>;
  Market?: MarketResolvers<ContextType>;
  OraclePrice?: OraclePriceResolvers<ContextType>;
  Instrument?: InstrumentResolvers<ContextType>;
  Greeks?: GreeksResolvers<ContextType>;
  OptionExpiry?: OptionExpiryResolvers<ContextType>;
  OptionRow?: OptionRowResolvers<ContextType>;
  Position?: PositionResolvers<ContextType>;
  PositionEdge?: PositionEdgeResolvers<ContextType>;
  PositionConnection?: PositionConnectionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  MarginAccount?: MarginAccountResolvers<ContextType>;
  Portfolio?: PortfolioResolvers<ContextType>;
  Liquidity?: LiquidityResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  TransferredPosition?: TransferredPositionResolvers<ContextType>;
  TransferStep?: TransferStepResolvers<ContextType>;
  TransferEdge?: TransferEdgeResolvers<ContextType>;
  TransferConnection?: TransferConnectionResolvers<ContextType>;
  Liquidation?: LiquidationResolvers<ContextType>;
  LiquidationEdge?: LiquidationEdgeResolvers<ContextType>;
  LiquidationConnection?: LiquidationConnectionResolvers<ContextType>;
  OraclePriceEdge?: OraclePriceEdgeResolvers<ContextType>;
  OraclePriceConnection?: OraclePriceConnectionResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  VenueQuote?: VenueQuoteResolvers<ContextType>;
  UnavailableVenue?: UnavailableVenueResolvers<ContextType>;
  UnsignedTransaction?: UnsignedTransactionResolvers<ContextType>;
  ValidUntil?: ValidUntilResolvers<ContextType>;
  PreparedAction?: PreparedActionResolvers<ContextType>;
  ActionSimulation?: ActionSimulationResolvers<ContextType>;
  SentTransaction?: SentTransactionResolvers<ContextType>;
  TransactionStatus?: TransactionStatusResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
};
