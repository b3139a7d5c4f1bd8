/** Codes of JSON-RPC 2.0, section 5.1. */
export const RPC_ERROR = {
  PARSE: -32700,
  INVALID_REQUEST: -32600,
  METHOD_NOT_FOUND: -32601,
  INVALID_PARAMS: -32602,
  INTERNAL: -32603,
} as const;

/** An error that a method answers with: code, message and data as the chain's own nodes give them. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Refuses parameters. */
export function refuseParams(message: string): never {
  throw new RpcError(RPC_ERROR.INVALID_PARAMS, message);
}
