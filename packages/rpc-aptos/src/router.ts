import { FaultError } from "@dragoman/fault";
import type { RestRequest, RestResponse } from "@dragoman/rpc-server";
import { ApiError } from "./api-error.ts";

/** What a route is asked: path parameters by name, percent-decoded. */
export interface RouteRequest extends RestRequest {
  readonly params: Readonly<Record<string, string>>;
}

/** An answer: JSON, or BCS where a route offers it; more headers. */
export interface RouteAnswer {
  readonly json: unknown;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Route = (request: RouteRequest) => RouteAnswer | Promise<RouteAnswer>;

/** Routes by method and path: `GET /v1/accounts/:address`. */
export type Routes = Readonly<Record<string, Route>>;

/** Finds the route of a request, longest path first; undefined if there is none. */
export function findRoute(
  routes: Routes,
  { method, path }: RestRequest,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  for (const [name, route] of Object.entries(routes)) {
    const [verb, pattern] = name.split(" ") as [string, string];
    const wanted = pattern.split("/").filter((part) => part !== "");
    if (verb !== method || wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((want, index) => {
      const part = parts[index] as string;
      if (!want.startsWith(":")) return want === part;
      params[want.slice(1)] = decodePart(part);
      return true;
    });
    if (fits) return { route, params };
  }
  return undefined;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new ApiError("invalid_input", `the path has a malformed part: ${part}`);
  }
}

/** The request's body as JSON. Throws an ApiError. */
export function jsonBody({ body }: RestRequest): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (error) {
    throw new ApiError("invalid_input", `the body is no JSON: ${(error as Error).message}`);
  }
}

/** The request's body as a JSON object. Throws an ApiError. */
export function jsonObject(request: RestRequest): Readonly<Record<string, unknown>> {
  const value = jsonBody(request);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ApiError("invalid_input", "the body is no JSON object");
  }
  return value as Record<string, unknown>;
}

/** Type of the body without its parameters. */
export const contentType = ({ headers }: RestRequest): string =>
  String(headers["content-type"] ?? "")
    .split(";")[0]!
    .trim()
    .toLowerCase();

/** Runs a parser of what a client wrote; what it refuses is invalid input. */
export function parseInput<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    throw new ApiError("invalid_input", `${what}: ${error.fault.message}`);
  }
}

/** A whole number in the query, or the default. Throws an ApiError. */
export function queryNumber<T extends number | undefined>(
  { query }: RestRequest,
  name: string,
  otherwise: T,
): number | T {
  const text = query.get(name);
  if (text === null) return otherwise;
  return parseNumber(name, text);
}

/** A whole number below 2^53. Throws an ApiError. */
export function parseNumber(name: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) {
    throw new ApiError("invalid_input", `${name} is no whole number: ${text}`);
  }
  return value;
}

export const jsonResponse = (
  { json, status = 200, headers }: RouteAnswer,
  more: Readonly<Record<string, string>>,
): RestResponse => ({
  status,
  headers: { "content-type": "application/json", ...more, ...headers },
  body: JSON.stringify(json),
});
