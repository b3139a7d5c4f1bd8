import { FaultError, fault } from "@dragoman/fault";

/** SQLSTATE classes 08 (connection) and 57P (the operator ended it), and what the sockets say. */
const LOST = /^(08...|57P0[123]|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH)/;

/** Code of a PostgreSQL error (SQLSTATE) or of a socket's; undefined for others. */
export const codeOf = (error: unknown): string | undefined =>
  (error as { code?: string } | undefined)?.code;

/** Whether the server, not the statement, is the trouble. */
export const isLost = (error: unknown): boolean =>
  LOST.test(codeOf(error) ?? "") ||
  (error instanceof Error && /connection terminated|not queryable/i.test(error.message));

/** `error`, or a FaultError INVALID_DATABASE with the next step if the server is gone. */
export function asFault(error: unknown, description: string): unknown {
  if (!isLost(error)) return error;
  const why = `the connection to ${description} is lost (${(error as Error).message}); see that the server runs, then try again`;
  const refused = new FaultError(fault("INVALID_DATABASE", undefined, why));
  refused.cause = error;
  return refused;
}
