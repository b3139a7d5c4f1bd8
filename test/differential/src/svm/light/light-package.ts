import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { refuse } from "@dragoman/fault";

/** The archive that has the programs of ZK Compression and accounts of a chain on which they are set up. */
export const LIGHT_PACKAGE = "@lightprotocol/zk-compression-cli@0.28.3";

const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), "../../../../..");

const folder = (): string =>
  join(
    process.env.DRAGOMAN_PEERS ?? join(REPOSITORY, ".peers"),
    LIGHT_PACKAGE.replaceAll("/", "+"),
  );

/** Whether the archive was fetched: `npm run peers:protocols`. */
export const hasLightPackage = (): boolean => existsSync(join(folder(), "package.json"));

/** Addresses of the programs, and the files of their code. */
export const LIGHT_PROGRAMS = {
  COMPRESSION: ["compr6CUsB5m2jS4Y3831ztGSTnDpnKJTKS95d64XVq", "account_compression.so"],
  SYSTEM: ["SySTEM1eSU2p4BGQfQpimFEWWSC1XDFeun3Nqzz3rT7", "light_system_program_pinocchio.so"],
  TOKEN: ["cTokenmWW8bLPjZEBAUgYy3zKxQZW6VKi7bqNFEVv3m", "light_compressed_token.so"],
  REGISTRY: ["Lighton6oQpVkeewmo2mcPTQQp7kYHr4fWpAgJyEmDX", "light_registry.so"],
  NOOP: ["noopb9bkMVfRPU8AsbpTUg8AQkHtKwMYZiFUjNRtMmV", "spl_noop.so"],
} as const;

/** An account as `solana account --output json` writes it. */
export interface StoredAccount {
  readonly address: string;
  readonly lamports: bigint;
  readonly owner: string;
  readonly data: Uint8Array;
}

/** Accounts of a chain with trees, queues, groups and the protocol's configuration; by the names of their files. */
const ACCOUNTS = [
  "batch_address_merkle_tree_amt2kaJA14v3urZbZvnc5v2np8jqvc4Z8zDep5wbtzx",
  "batch_state_merkle_tree_bmt1LryLZUMmF7ZtqESaw7wifBXLfXHQYoE4GAmrahU",
  "batched_output_queue_oq1na8gojfdUhsfCpyjNt6h4JaDWtHf1yQj4koBWfto",
  "compressible_config_pda_ACXg8a7VaqecBWrSbdu73W4Pg9gsqXJ3EXAqkHyhvVXg",
  "config_counter_pda_8gH9tmziWsS8Wc4fnoN5ax3jsSumNYoRDuSBvmH2GMH8",
  "cpi_context_cpi15BoVPKgEPw5o8wc2T816GE7b378nMXnhH3Xbq4y",
  "epoch_pda_34w7KcLBXabMkHuXE2fY368vFe6kP3v5EJn8nPvQ8SKn",
  "forester_epoch_pda_3FBt1BPQHCQkS8k3wrUXMfB6JBhtMhEqQXueHRw2ojZV",
  "governance_authority_pda_CuEtcKkkbTn6qy2qxqDswq5U2ADsqoipYDAYfRvxPjcp",
  "group_pda_24rt4RgeyjUCWGS2eF7L7gyNMuz6JWdqYpAvb1KRoHxs",
  "merkle_tree_pubkey_smt1NamzXdq4AMqS2fS2F1i5KTYPZRhoHgWx38d8WsT",
  "nullifier_queue_pubkey_nfq1NvQDJ2GEgnS8zt9prAe8rjjpAW1zFkrvZoBR148",
  "registered_forester_pda_2KNqEh23Se8AHecuzR1UkxL26euq2qXSpQPTH1jH7VqU",
  "registered_program_pda_35hkDgaAKwMCaxRz2ocSZ6NaUrtKkyNqU6c4RV3tYJRh",
  "registered_registry_program_pda_DumMsyvkaGJG4QnQ1BhTgvoRMXsgGxfpKDUCr22Xqu4w",
  "rent_sponsor_pda_r18WwUxfG8kQ69bQPAB2jV6zGNKy3GosFGctjQoV4ti",
] as const;

/** Code of each program, by address. */
export const lightElfs = (): (readonly [address: string, elf: Uint8Array])[] =>
  Object.values(LIGHT_PROGRAMS).map(([address, file]) => {
    return [address, new Uint8Array(readFileSync(join(folder(), "bin", file)))];
  });

/** Accounts of the archive. Faults: `INVALID_JSON_FIELD` for a file of another form. */
export const lightAccounts = (): StoredAccount[] => ACCOUNTS.map(readStored);

function readStored(name: string): StoredAccount {
  const file = join(folder(), "accounts", `${name}.json`);
  const stored = JSON.parse(readFileSync(file, "utf8")) as {
    readonly pubkey?: string;
    readonly account?: {
      readonly lamports: number;
      readonly owner: string;
      readonly data: readonly [base64: string, encoding: string];
    };
  };
  const { pubkey, account } = stored;
  if (pubkey === undefined || account?.data[1] !== "base64") {
    refuse("UNSUPPORTED_FILE", undefined, `${file}: no account with its data in base64`);
  }
  const { lamports, owner, data } = account;
  const bytes = new Uint8Array(Buffer.from(data[0], "base64"));
  return { address: pubkey, lamports: BigInt(lamports), owner, data: bytes };
}
