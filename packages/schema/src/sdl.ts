import { readFileSync } from "node:fs";

const FILES = ["schema.graphql", "market.graphql"];

/** The schema in the language of GraphQL, as it is published. */
export const SDL: string = FILES.map((file) =>
  readFileSync(new URL(`../${file}`, import.meta.url), "utf8"),
).join("\n");
