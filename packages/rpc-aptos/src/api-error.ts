import { FaultError } from "@dragoman/fault";
import { validationStatus } from "@dragoman/ledger-move";
import type { RestResponse } from "@dragoman/rpc-server";

/** Codes of Aptos's REST interface (aptos-core `api/types/src/error.rs`) with their HTTP statuses. */
const ERROR_STATUSES = {
  account_not_found: 404,
  resource_not_found: 404,
  module_not_found: 404,
  struct_field_not_found: 404,
  version_not_found: 404,
  transaction_not_found: 404,
  table_item_not_found: 404,
  block_not_found: 404,
  version_pruned: 410,
  block_pruned: 410,
  invalid_input: 400,
  invalid_transaction_update: 400,
  vm_error: 400,
  health_check_failed: 503,
  mempool_is_full: 507,
  internal_error: 500,
  web_framework_error: 404,
  api_disabled: 403,
} as const;

export type ApiErrorCode = keyof typeof ERROR_STATUSES;

/** A refusal in Aptos's form: `{message, error_code, vm_error_code}`. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly vmErrorCode: number | null;

  constructor(code: ApiErrorCode, message: string, vmErrorCode: number | null = null) {
    super(message);
    this.code = code;
    this.vmErrorCode = vmErrorCode;
  }

  get response(): RestResponse {
    return {
      status: ERROR_STATUSES[this.code],
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        message: this.message,
        error_code: this.code,
        vm_error_code: this.vmErrorCode,
      }),
    };
  }
}

/** A refusal of the ledger in Aptos's form; undefined for any other error. */
export function apiErrorOf(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (!(error instanceof FaultError)) return undefined;
  const { fault } = error;
  const known = validationStatus(error);
  if (known !== undefined) {
    const message = `Invalid transaction: Type: Validation Code: ${known.status}: ${fault.message}`;
    return new ApiError("vm_error", message, known.code);
  }
  if (fault.context?.status === "INVALID_UPDATE") {
    return new ApiError("invalid_transaction_update", fault.message);
  }
  if (fault.context?.status === "MEMPOOL_IS_FULL") {
    return new ApiError("mempool_is_full", fault.message);
  }
  return new ApiError("invalid_input", fault.message);
}
