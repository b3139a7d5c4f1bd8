import { readFileSync } from "node:fs";

/** The schema in the language of GraphQL, as it is published. */
export const SDL: string = readFileSync(new URL("../schema.graphql", import.meta.url), "utf8");
