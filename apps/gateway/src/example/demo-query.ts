import { decodeBase58, encodeHex } from "@dragoman/bytes";
import { WELL_KNOWN_PROGRAMS } from "@dragoman/ledger-svm";
import { OPTION_PRICER_ADDRESS } from "./install-examples.ts";

const zeros = (bytes: number): string => `0x${"00".repeat(bytes)}`;
const key = (digits: string): string => `0x${digits.repeat(32)}`;

const TOKEN = encodeHex(decodeBase58(WELL_KNOWN_PROGRAMS.token));
const MINT = key("11");
const ALICE = key("a1");
const BOB = key("b0");
/** Authority of the mint and owner of both accounts. */
const OWNER = key("0e");

/** A new token account: rent-exempt balance, 165 zero bytes. */
const fresh = (account: string): string =>
  `{ key: "${account}", isWritable: true, owner: "${TOKEN}", balance: 2039280, data: "${zeros(165)}" }`;

/** What GraphiQL shows at first: three machines in one simulation. */
export const DEMO_QUERY = `# Three virtual machines, one journal, one atomic simulation: press play.
query Demo {
  simulate(steps: [
    # Ethereum: Lyra's Black-Scholes contract prices a call and a put:
    # 30 days, 80 % volatility, spot 3000, strike 3200, rate 5 %.
    {
      vm: EVM
      program: "evm:0x${OPTION_PRICER_ADDRESS}"
      fn: "optionPrices_pub((uint256,uint256,uint256,uint256,int256)) returns (uint256 call, uint256 put)"
      args: [["2592000", "800000000000000000", "3000000000000000000000",
        "3200000000000000000000", "50000000000000000"]]
    }
    # Solana: SPL Token makes a mint,
    {
      vm: SVM
      program: "svm:${WELL_KNOWN_PROGRAMS.token}"
      input: "0x1406${OWNER.slice(2)}00"
      accounts: [{ key: "${MINT}", isWritable: true, owner: "${TOKEN}", balance: 1461600, data: "${zeros(82)}" }]
    }
    # an account for Alice
    {
      vm: SVM
      program: "svm:${WELL_KNOWN_PROGRAMS.token}"
      input: "0x12${OWNER.slice(2)}"
      accounts: [${fresh(ALICE)}, { key: "${MINT}" }]
    }
    # and one for Bob,
    {
      vm: SVM
      program: "svm:${WELL_KNOWN_PROGRAMS.token}"
      input: "0x12${OWNER.slice(2)}"
      accounts: [${fresh(BOB)}, { key: "${MINT}" }]
    }
    # mints 1000 tokens to Alice
    {
      vm: SVM
      program: "svm:${WELL_KNOWN_PROGRAMS.token}"
      input: "0x0700ca9a3b00000000"
      accounts: [{ key: "${MINT}", isWritable: true }, { key: "${ALICE}", isWritable: true }, { key: "${OWNER}", isSigner: true }]
    }
    # and transfers 250 of them to Bob.
    {
      vm: SVM
      program: "svm:${WELL_KNOWN_PROGRAMS.token}"
      input: "0x0380b2e60e00000000"
      accounts: [{ key: "${ALICE}", isWritable: true }, { key: "${BOB}", isWritable: true }, { key: "${OWNER}", isSigner: true }]
    }
    # Move: opens a margin account with 250 dollars.
    {
      vm: MOVE
      program: "move:0xd7a60::margin"
      fn: "open"
      args: ["250000000", "1", "3000000000", "20"]
    }
  ]) {
    ok
    steps { vm outcome returns gasUsed output logs fault { code message at } }
    stateDiff { domain account key before after }
  }
}
`;
