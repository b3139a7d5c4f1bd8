import type { Connection, Keypair } from "@solana/web3.js";

/** Installs a program by decree of the development chain. */
export async function deployProgram(
  connection: Connection,
  options: { readonly program: Keypair; readonly elf: Uint8Array; readonly payer: Keypair },
): Promise<void> {
  const { program, elf, payer } = options;
  const params = [
    program.publicKey.toBase58(),
    Buffer.from(elf).toString("base64"),
    payer.publicKey.toBase58(),
  ];
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "dragoman_deployProgram", params });
  const headers = { "content-type": "application/json" };
  const response = await fetch(connection.rpcEndpoint, { method: "POST", headers, body });
  const answer = (await response.json()) as { readonly error?: { readonly message: string } };
  if (answer.error !== undefined) throw new Error(answer.error.message);
}
