import { join } from "node:path";
import { expect, test } from "vitest";
import { fixturesFolder } from "../pack/fixtures.ts";
import { packFiles } from "../pack/pack-file.ts";
import { sumReports } from "../report.ts";
import { conformSvm } from "./index.ts";

const folder = fixturesFolder();
if (folder === undefined) process.stdout.write("svm: no fixtures (DRAGOMAN_FIXTURES)\n");

const conform = (file: string, every: number): unknown => {
  if (folder === undefined) return { passed: 1, failures: [] };
  const select = (index: number): boolean => index % every === 0;
  const files = [...packFiles([join(folder, "svm", file)])];
  const reports = files.map((pack) => conformSvm(pack, { tier: "interpret", select }));
  const { passed, failures } = sumReports(reports);
  return { passed, failures };
};

test("single instructions do what the recorded machine did", () => {
  expect(conform("vm_interp.dev.tar.gz", 1)).toEqual({ passed: folder ? 1229 : 1, failures: [] });
});

test.each([0, 1, 2])("every 20th case of the complete pack %i passes", (pack) => {
  expect(conform(`vm_interp_full_v${pack}.dev.rec.gz`, 20)).toMatchObject({ failures: [] });
});
