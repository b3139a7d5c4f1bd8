import { encodeHex } from "@dragoman/bytes";
import { ChainError } from "@dragoman/chain";
import { encodeTokenCall, marketInitcode, tokenInitcode } from "@dragoman/protocol";
import { Keyring } from "@polkadot/keyring";
import type { H160 } from "@polkadot/types/interfaces";
import { encodeAddress } from "@polkadot/util-crypto";
import { accountOf, h160Text } from "./account-address.ts";
import { contractCall, unsignedCall } from "./build-polkadot.ts";
import { joinPolkadot } from "./join-polkadot.ts";
import type { PolkadotDeployment } from "./polkadot-deployment.ts";
import { polkadotError } from "./polkadot-error.ts";
import { type NodeBlock, openNode, type PolkadotNode } from "./polkadot-node.ts";
import { polkadotStatus } from "./polkadot-status.ts";

export interface DeployMarketOptions {
  readonly rpcUrl: string;
  /** Seed of the deployer, who becomes the treasury: 32 bytes, sr25519. */
  readonly secret: Uint8Array;
  readonly domain: number;
  /** Address that publishes prices: SS58 or H160. */
  readonly publisher: string;
  /** Addresses of the bridge's attesters, 20 bytes each. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
  /** Annual, Q32. */
  readonly volatility: bigint;
  /** Collateral tokens that the treasury gets, 1e-6. */
  readonly supply: bigint;
}

const POLL_MS = 25;
const TIMEOUT_MS_MAX = 60_000;
/** Weight of a contract's creation: that of 15 million gas. */
const CREATION_WEIGHT = { refTime: 300_000_000_000n, proofSize: 3_000_000n };
const DEPOSIT_MAX = 10n ** 15n;

/** Deploys token and market. Afterwards only the market creates and destroys collateral. */
export async function deployMarket(options: DeployMarketOptions): Promise<PolkadotDeployment> {
  return await withTreasury(options, async (treasury) => {
    const { domain, volatility, threshold, supply } = options;
    await treasury.map();
    const token = await treasury.create(tokenInitcode(treasury.address));
    const attesters = options.attesters.map((address) => encodeHex(address));
    const publisher = h160Text(options.publisher);
    const terms = { token, publisher, domain, volatility, attesters, threshold };
    const market = await treasury.create(marketInitcode(terms));
    await treasury.call(token, encodeTokenCall("mint", [treasury.address, supply]));
    await treasury.call(token, encodeTokenCall("setMinter", [market, true]));
    await treasury.call(token, encodeTokenCall("setMinter", [treasury.address, false]));
    return { market, token };
  });
}

export interface FundAccountOptions {
  readonly rpcUrl: string;
  /** Seed of the treasury. */
  readonly secret: Uint8Array;
  readonly deployment: PolkadotDeployment;
  /** SS58 or H160. */
  readonly to: string;
  /** Plancks: 10^-10 of the coin. */
  readonly native: bigint;
  /** 1e-6 USD. */
  readonly collateral: bigint;
}

/** Sends native coin and collateral from the treasury. Who gets them maps the account by the first action. */
export async function fundAccount(options: FundAccountOptions): Promise<void> {
  const { to, native, collateral, deployment } = options;
  await withTreasury(options, async (treasury) => {
    if (native > 0n) await treasury.transfer(accountOf(to), native);
    if (collateral > 0n) {
      const data = encodeTokenCall("transfer", [h160Text(to), collateral]);
      await treasury.call(deployment.token, data);
    }
  });
}

async function withTreasury<T>(
  { rpcUrl, secret }: { readonly rpcUrl: string; readonly secret: Uint8Array },
  work: (treasury: Treasury) => Promise<T>,
): Promise<T> {
  const node = await openNode(rpcUrl);
  try {
    return await work(new Treasury(node, secret));
  } catch (error) {
    throw polkadotError(node.chain, error);
  } finally {
    await node.close();
  }
}

/** Sends transactions of the treasury, one after the other. */
class Treasury {
  /** H160 in hex. */
  readonly address: string;
  readonly #node: PolkadotNode;
  readonly #pair: ReturnType<Keyring["addFromSeed"]>;
  readonly #sender: string;

  constructor(node: PolkadotNode, secret: Uint8Array) {
    this.#node = node;
    this.#pair = new Keyring({ type: "sr25519" }).addFromSeed(secret);
    this.#sender = encodeAddress(this.#pair.publicKey, node.api.registry.chainSS58 ?? 42);
    this.address = h160Text(this.#sender);
  }

  /** Registers the account with the Revive pallet, if it is not. */
  async map(): Promise<void> {
    const at = await this.#node.headHash();
    if (await this.#node.isMapped(this.#pair.publicKey, at)) return;
    await this.#send(this.#node.api.tx.revive!.mapAccount!().method.toHex());
  }

  async transfer(to: Uint8Array, amount: bigint): Promise<void> {
    const { transferKeepAlive } = this.#node.api.tx.balances!;
    await this.#send(transferKeepAlive!(to, amount).method.toHex());
  }

  async call(dest: string, data: Uint8Array): Promise<void> {
    await this.#send(contractCall(this.#node, dest, data));
  }

  /** Creates a contract; gives its address in hex. */
  async create(initcode: Uint8Array): Promise<string> {
    const { instantiateWithCode } = this.#node.api.tx.revive!;
    const code = encodeHex(initcode);
    const call = instantiateWithCode!(0, CREATION_WEIGHT, DEPOSIT_MAX, code, "0x", null);
    const { events } = await this.#send(call.method.toHex());
    for (const { event } of events) {
      if (!this.#node.api.events.revive!.Instantiated!.is(event)) continue;
      const [deployer, contract] = event.data as unknown as [H160, H160];
      if (deployer.toHex() === this.address) return contract.toHex();
    }
    throw new ChainError(this.#node.chain, "unanswerable", "no contract was created");
  }

  async #send(call: string): Promise<NodeBlock> {
    const node = this.#node;
    const nonce = await node.ask<number>("system_accountNextIndex", this.#sender);
    const unsigned = await unsignedCall(node, call, this.#sender, nonce);
    const json = JSON.parse(unsigned.payload);
    const payload = node.api.registry.createType("ExtrinsicPayload", json, {
      version: json.version,
    });
    const { signature } = payload.sign(this.#pair);
    const signed = joinPolkadot(
      node,
      unsigned,
      Buffer.from(signature.slice(2), "hex"),
      this.#sender,
    );
    await node.ask("author_submitExtrinsic", encodeHex(signed.bytes));
    for (let waited = 0; waited < TIMEOUT_MS_MAX; waited += POLL_MS) {
      const status = await polkadotStatus(node, signed);
      if (status.state === "failed" || status.state === "expired") {
        throw new ChainError(node.chain, "refused", status.reason);
      }
      const block = status.state === "included" && (await node.block(status.block.height));
      if (block) return block;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    throw new ChainError(node.chain, "unreachable", `${signed.id} is in no block`);
  }
}
