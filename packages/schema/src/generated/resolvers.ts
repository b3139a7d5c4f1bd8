// tidy: generated
// From schema.graphql, by `npm run generate`; do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Vm as VmModel } from '@dragoman/vm';
import type { ChainModel, ProgramModel, StepModel, EventModel, CellModel, SimulationModel } from '../model.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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
  /** The chain families of this server, one for each virtual machine. */
  readonly chains: ReadonlyArray<Chain>;
  /**
   * An installed program, by the identifier that `deploy` or `Chain.programs` gave. Null, with an error whose
   * `extensions.code` is `INVALID_PROGRAM_ID`, if there is none.
   */
  readonly program: Maybe<Program>;
  /**
   * Runs the steps in order on one journal over the server's state and reports every one of them. Nothing of a simulation
   * persists. When a step fails, the later ones do not run and the whole simulation changes nothing.
   */
  readonly simulate: Simulation;
};


/** What can be asked. Nothing here changes the server's state. */
export type QueryProgramArgs = {
  id: Scalars['ID']['input'];
};


/** What can be asked. Nothing here changes the server's state. */
export type QuerySimulateArgs = {
  steps: ReadonlyArray<SimulationStep>;
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

/** One chain family: its virtual machine, its unit of gas and the programs installed on it. */
export type Chain = {
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
  /** Programs installed on this chain, in the order of their installation. */
  readonly programs: ReadonlyArray<Program>;
};


/** One chain family: its virtual machine, its unit of gas and the programs installed on it. */
export type ChainProgramsArgs = {
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
  /** Limit in the machine's own unit. Default and maximum: `Chain.gasLimitDefault` and `Chain.gasLimitMax`. */
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





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Bytes: ResolverTypeWrapper<Scalars['Bytes']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  VM: ResolverTypeWrapper<VmModel>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Chain: ResolverTypeWrapper<ChainModel>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Program: ResolverTypeWrapper<ProgramModel>;
  SimulationStep: SimulationStep;
  AccountInput: AccountInput;
  Simulation: ResolverTypeWrapper<SimulationModel>;
  Step: ResolverTypeWrapper<StepModel>;
  Fault: ResolverTypeWrapper<Fault>;
  Event: ResolverTypeWrapper<EventModel>;
  Cell: ResolverTypeWrapper<CellModel>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Bytes: Scalars['Bytes']['output'];
  BigInt: Scalars['BigInt']['output'];
  JSON: Scalars['JSON']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Chain: ChainModel;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  Program: ProgramModel;
  SimulationStep: SimulationStep;
  AccountInput: AccountInput;
  Simulation: SimulationModel;
  Step: StepModel;
  Fault: Fault;
  Event: EventModel;
  Cell: CellModel;
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
  chains?: Resolver<ReadonlyArray<ResolversTypes['Chain']>, ParentType, ContextType>;
  program?: Resolver<Maybe<ResolversTypes['Program']>, ParentType, ContextType, RequireFields<QueryProgramArgs, 'id'>>;
  simulate?: Resolver<ResolversTypes['Simulation'], ParentType, ContextType, RequireFields<QuerySimulateArgs, 'steps'>>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  deploy?: Resolver<ResolversTypes['Program'], ParentType, ContextType, RequireFields<MutationDeployArgs, 'vm' | 'code' | 'construct'>>;
  simulate?: Resolver<ResolversTypes['Simulation'], ParentType, ContextType, RequireFields<MutationSimulateArgs, 'steps'>>;
};

export type ChainResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Chain'] = ResolversParentTypes['Chain']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  vm?: Resolver<ResolversTypes['VM'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gasUnit?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gasLimitDefault?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  gasLimitMax?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  programs?: Resolver<ReadonlyArray<ResolversTypes['Program']>, ParentType, ContextType, RequireFields<ChainProgramsArgs, 'first'>>;
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

export type Resolvers<ContextType = unknown> = {
  Bytes?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  JSON?: GraphQLScalarType;
  VM?: VmResolvers;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Chain?: ChainResolvers<ContextType>;
  Program?: ProgramResolvers<ContextType>;
  Simulation?: SimulationResolvers<ContextType>;
  Step?: StepResolvers<ContextType>;
  Fault?: FaultResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  Cell?: CellResolvers<ContextType>;
};
