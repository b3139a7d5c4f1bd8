import { refuse } from "@dragoman/fault";

/** Where a node is, and what may be said of it: keys stand in paths, queries and user names. */
export interface NodeAddress {
  /** Without user and password. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What errors and logs show: scheme, host and port. */
  readonly shown: string;
  /** Texts that nobody is shown. */
  readonly secrets: readonly string[];
}

const SECRET_LENGTH_MIN = 6;

/** Reads the URL of a node. Fault: INVALID_FORK_URL. */
export function nodeAddress(text: string): NodeAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return refuse("INVALID_FORK_URL", undefined, "the node's URL is no URL");
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    const why = `the node's URL begins with ${url.protocol}, and only http: and https: are spoken`;
    return refuse("INVALID_FORK_URL", undefined, why);
  }
  const [user, password] = [url.username, url.password].map(decodeURIComponent) as [string, string];
  const secrets = [user, password, ...url.pathname.split("/"), ...url.searchParams.values()];
  const login = Buffer.from(`${user}:${password}`).toString("base64");
  url.username = "";
  url.password = "";
  const hasMore = url.pathname !== "/" || url.search !== "";
  return {
    url: url.href,
    headers: user === "" ? {} : { authorization: `Basic ${login}` },
    shown: `${url.protocol}//${url.host}${hasMore ? "/…" : ""}`,
    secrets: secrets.filter((secret) => secret.length >= SECRET_LENGTH_MIN),
  };
}

/** A text without the secrets of an address. */
export function withoutSecrets(text: string, { secrets }: NodeAddress): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, "…"), text);
}
