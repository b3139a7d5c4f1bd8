// tidy: table
import { decodeBase58 } from "@dragoman/bytes";

/**
 * Features that this runtime asks for: name, address, and whether mainnet had it on 20 August 2026 (anza-xyz/agave `feature-set/src/lib.rs`). Rules that were
 * the same on every chain since 2024 are not listed.
 */
const FEATURES = [
  // Calls between programs and their memory.
  ["bpfAccountDataDirectMapping", "GJVDwRkUPNdk9QaK4VsU4g1N41QNxhy1hevjf8kz45Mq", false],
  ["syscallParameterAddressRestrictions", "EDGMC5kxFxGk4ixsNkGt8bW7QL5hDMXnbwaZvYMwNfzF", true],
  ["loosenCpiSizeRestriction", "GDH5TVdbTPUpRnXaRyQqiKUa7uZAbZ28Q2N9bhbKoMLm", true],
  ["increaseCpiAccountInfoLimit", "H6iVbVaDZgDphcPbcZwc5LoznMPWQfnJ1AM7L1xzqvt5", true],
  ["limitInstructionAccounts", "6aHuNsUmwSzCEMjrBzBCYaxHAyAcQBjVES92JigHBDuC", true],
  ["liftCpiCallerRestriction", "HcW8ZjBezYYgvcbxNJwqv1t484Y2556qJsfNDWvJGZRH", false],
  ["raiseCpiNestingLimitTo8", "6TkHkRmP7JZy1fdM6fg5uXn76wChQBWGokHBJzrLB3mj", false],
  ["provideInstructionDataOffsetInVmR2", "5xXZc66h4UdB6Yq7FzdBxBiRAFMMScMLwHxk2QZDaNZL", true],
  ["maskOutRentEpochInVmSerialization", "RENtePQcDLrAbxAsP3k8dwVcnNYQ466hi2uKvALjnXx", true],
  ["depleteCuMeterOnVmFailure", "B7H2caeia4ZFcpE3QcgMqbiWiBtWrdBRBSJ1DY6Ktxbq", true],
  ["removeAccountsExecutableFlagChecks", "FXs1zh47QbNnhXcnB6YiAQoJ4sGB91tKF3UFHLcKT7PM", true],
  // Syscalls.
  ["blake3Syscall", "HTW2pSyErTj4BV6KBM9NZ9VBUJVxt7sacNWcf76wtzb3", false],
  ["sha512Syscall", "s512oDwgx8hjMnaQjXfqqrZroVj4HvC6TkN3iSSWXCh", false],
  ["bigModExpSyscall", "EBq48m8irRKuE7ZnMTLvLg2UuGSqhe8s8oMqnmja1fJw", false],
  ["remainingComputeUnitsSyscall", "5TuppMutoyzhUSfuYdhgzD47F92GL1g89KpCZQKqedxP", false],
  ["curve25519Syscall", "7rcw5UtqgDTBBv2EcynNfYckgdAaH1MAsCjKgXMkN7Ri", true],
  ["altBn128Syscall", "A16q37opZdQMCbe5qJ6xpBB9usykfv8jZaMkxvZQi4GJ", true],
  ["altBn128CompressionSyscall", "EJJewYSddEEtSZHiqugnvhQHiWyZKjkFDQASd7oKSagn", true],
  ["curve25519RestrictMsmLength", "eca6zf6JJRjQsYYPkBHF3N32MTzur4n2WL4QiiacPCL", true],
  ["abortOnInvalidCurve", "FuS3FPfJDKSNot99ECLXtp3rueq36hMNStJkPJwWodLh", true],
  ["simplifyAltBn128SyscallErrorCodes", "JDn5q3GBeqzvUa7z67BbmVHVdE3EbUAjvFep3weR3jxX", true],
  ["fixAltBn128MultiplicationInputLength", "bn2puAyxUx6JUabAxYdKdJ5QHbNNmKw8dCGuGCyRrFN", true],
  ["fixAltBn128PairingLengthCheck", "bnYzodLwmybj7e1HAe98yZrdJTd7we69eMMLgCXqKZm", true],
  ["altBn128LittleEndian", "bn2oPgpkzQPT3tohMaAsMVGjhDmmDa4jCaVPqCFmtxM", true],
  ["enableAltBn128G2Syscalls", "bn1hKNURMGQaQoEVxahcEAcqiX3NwRs6hgKKNSLeKxH", true],
  ["enableBls12381Syscall", "b1sgUiJ3qu7hYm3tNDyyqZNQd6gLGJmJppnLNa93PCQ", true],
  ["poseidonEnforcePadding", "poUdAqRXXsNmfqAZ6UqpjbeYgwBygbfQLEvWSqVhSnb", true],
  ["poseidonSyscall", "FL9RsQA6TVUoh5xJQ9d936RHSebA1NLQqe3Zv9sXZRpr", true],
  ["getSysvarSyscall", "CLCoTADvV64PSrnR6QXty6Fwrt9Xc6EdxSJE4wLRePjq", true],
  ["getEpochStakeSyscall", "FKe75t4LXxGaQnVHdUKM6DSFifVVraGZ8LyNo7oPwy1Z", true],
  ["lastRestartSlotSysvar", "HooKD5NC9QNxk25QuzCssB8ecrEzGt6eXEPBUxWp1LaR", true],
  ["partitionedEpochRewards", "PERzQrt5gBD1XEe2c9XdFWqwgHY3mr7cYWbm5V772V8", true],
  ["enablePartitionedEpochReward", "9bn2vTJUsUcnpiZWbu2woSKtTGW3ErZC9ERv88SDqQjK", true],
  ["disableDeployOfAllocFreeSyscall", "79HWsX9rpnnJBPcdNURVqygpMAfxdrAirzAGAVmf92im", true],
  // Native programs and precompiles.
  ["bpfLoaderExtendProgram", "8Zs9W7D9MpSEtUWSQdGniZk2cNmV22y6FLJwCx53asme", true],
  ["bpfLoaderSetAuthorityChecked", "5x3825XS7M2A3Ekbn5VGGkvFoAg5qrRWkTrY4bARP1GL", true],
  ["loaderV3MinimumExtendProgramSize", "YbbRLkvenrocjGPGyoQE4wjnvYzTgfsk38NFmcYK7a5", true],
  ["createAccountAllowPrefund", "6sPDzwyARRExKH52LECxcGoqziH8G7SZofwuxi8Ja331", true],
  ["zkElgamalProofProgram", "zkhiy5oLowR7HY4zogXjCjeMXyruLqBwSWH21qcFtnv", true],
  ["movePrecompileVerificationToSvm", "9ypxGLzkMxi89eDerRKXWDXe44UY2z4hBig4mDhNq5Dp", true],
  ["ed25519PrecompileVerifyStrict", "ed9tNscbWLYBooxWA7FE2B5KHWs8A6sxfY8EzezEcoo", true],
  ["secp256r1Precompile", "srremy31J5Y25FrAApwVb9kZcfXbusYMMsvTK9aWv5q", true],
  // Fees, rent and the loading of accounts.
  ["disableRentFeesCollection", "CJzY83ggJHqPGDq8VisV3U91jDJLuEaALZooBrXtnnLU", true],
  ["skipRentRewrites", "CGB2jM8pwZkeeiXQ66kBMyBR6Np61mggL7XUsmLjVcrw", true],
  ["deprecateRentExemptionThreshold", "rent6iVy6PDoViPBeJ6k5EJQrkj62h7DPyLbWGHwjrC", true],
  ["enableTransactionLoadingFailureFees", "PaymEPK2oqwT9TXAVfadjztH2H6KfLEB9Hhd5Q5frvP", true],
  ["removeRoundingInFeeCalculation", "BtVN7YjDzNE6Dk7kTT7YTDgMNUZTNgiSJgsdzAeTg2jF", true],
  ["disableAccountLoaderSpecialCase", "EQUMpNFr7Nacb1sva56xn1aLfBxppEoSBH8RRVdkcD1x", true],
  ["formalizeLoadedTransactionDataSize", "DeS7sR48ZcFTUmt5FFEVDr1v1bh73aAbZiZq3SYr8Eh8", true],
  ["reserveMinimalCusForBuiltins", "C9oAhLxDBm3ssWtJx1yBGzPY55r2rArHmN1pbQn6HogH", true],
  ["increaseTxAccountLockLimit", "9LZdXeKGeBV6hRLdxS1rHbHoEUsKqesCC2ZAPTPKJAbK", false],
  ["addNewReservedAccountKeys", "8U4skmMVnF6k2kMvrWbQuRUT3qQSiTYpSjqmhmgfthZu", true],
  ["staticInstructionLimit", "64ixypL1HPu8WtJhNSMb9mSgfFaJvsANuRkTbHyuLfnx", true],
] as const satisfies readonly (readonly [name: string, address: string, onMainnet: boolean])[];

export type FeatureName = (typeof FEATURES)[number][0];

/** Features that are active. */
export type FeatureSet = ReadonlySet<FeatureName>;

/** What mainnet had on 20 August 2026. */
export const MAINNET_FEATURES: FeatureSet = new Set(
  FEATURES.filter(([, , onMainnet]) => onMainnet).map(([name]) => name),
);

/** Address of a feature's account, 32 bytes. */
export const FEATURE_ADDRESSES: ReadonlyMap<FeatureName, Uint8Array> = new Map(
  FEATURES.map(([name, address]) => [name, decodeBase58(address)]),
);
