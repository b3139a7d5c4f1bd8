import fc from "fast-check";
import { expect, test } from "vitest";
import { LogCollector } from "./log-collector.ts";

test("lines are kept while all together have fewer bytes than the limit, and then one line says so", () => {
  const line = fc.string({ unit: "grapheme", maxLength: 12 });
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 0, max: 60 }), (lines, bytesMax) => {
      const log = new LogCollector(bytesMax);
      for (const each of lines) log.add(each);
      let bytes = 0;
      const end = lines.findIndex((each) => {
        bytes += Buffer.byteLength(each);
        return bytes >= bytesMax;
      });
      expect(log.lines).toEqual(end < 0 ? lines : [...lines.slice(0, end), "Log truncated"]);
    }),
  );
});
