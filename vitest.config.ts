import { defineConfig } from "vitest/config";

// Not "import": vitest gives these to Node itself, where they would apply to require() too.
const conditions = ["@dragoman/source", "module", "node"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["node"] } },
  test: {
    include: ["{packages,apps,adapters,test,tools}/*/src/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: true,
  },
});
