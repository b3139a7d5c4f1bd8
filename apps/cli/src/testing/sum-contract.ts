import { createRequire } from "node:module";

/** Source of the contracts that tests compile. Line 8 multiplies, line 12 stores, line 14 reverts. */
export const SUM_SOURCE = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;
library Twice { function doubled(uint256 x) external pure returns (uint256) { return 2 * x; } }
contract Child { uint256 public n; event Made(address indexed who, uint256 n); constructor(uint256 x) { n = x; emit Made(msg.sender, x); } }
contract Sum {
    mapping(uint256 => uint256) public seen;
    function square(uint256 x) internal pure returns (uint256) {
        return x * x;
    }
    function sumOfSquares(uint256 n) public returns (uint256 total) {
        for (uint256 i = 0; i < n; i++) {
            seen[i] = total += square(i);
        }
        if (n == 13) revert("unlucky");
    }
    function make(uint256 x) external returns (address) { return address(new Child(x)); }
}
contract Linked { function twice(uint256 x) external pure returns (uint256) { return Twice.doubled(x); } }
interface Nothing { function f() external; }
`;

export const SUM_FILE = "src/Sum.sol";

/** solc's standard JSON input for {@link SUM_SOURCE}. */
export const SUM_INPUT = {
  language: "Solidity",
  sources: { [SUM_FILE]: { content: SUM_SOURCE } },
  settings: {
    evmVersion: "cancun",
    outputSelection: { "*": { "*": ["abi", "evm.deployedBytecode"] } },
  },
};

/** What is used here of one contract in solc's output. */
export interface CompiledContract {
  readonly abi: readonly unknown[];
  readonly evm: {
    readonly deployedBytecode: {
      readonly object: string;
      readonly sourceMap: string;
      readonly linkReferences: object;
    };
  };
}

export interface CompiledSum {
  readonly contracts: Readonly<Record<string, Readonly<Record<string, CompiledContract>>>>;
  readonly sources: Readonly<Record<string, { readonly id: number }>>;
}

let compiled: CompiledSum | undefined;

/** solc's standard JSON output for {@link SUM_SOURCE}. */
export function compileSum(): CompiledSum {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string };
  if (compiled === undefined) {
    const output = JSON.parse(solc.compile(JSON.stringify(SUM_INPUT)));
    if (output.contracts === undefined) throw new Error(JSON.stringify(output.errors));
    compiled = output as CompiledSum;
  }
  return compiled;
}

/** One contract of {@link compileSum}. */
export function compiledContract(name: string): CompiledContract {
  const contract = compileSum().contracts[SUM_FILE]?.[name];
  if (contract === undefined) throw new Error(`no contract ${name}`);
  return contract;
}
