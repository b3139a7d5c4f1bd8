import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { FaultError } from "@dragoman/fault";
import { describe, expect, it } from "vitest";
import { jsonLines, packFiles, records } from "./pack-file.ts";

const folder = mkdtempSync(join(tmpdir(), "dragoman-pack-"));
const written = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** A ustar archive of one regular file. */
function tar(name: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("0", 156);
  header.write("ustar", 257);
  header.fill(" ", 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body, Buffer.alloc(1024)]);
}

describe("packFiles", () => {
  it("decompresses a .jsonl.gz and gives its lines", () => {
    const path = written("a.jsonl.gz", gzipSync('{"x":1}\n{"x":2}\n'));
    const [file] = [...packFiles([path])];
    expect(file?.name).toBe("a.jsonl");
    expect([...jsonLines(file as never)]).toEqual([{ x: 1 }, { x: 2 }]);
  });

  it("gives the entries of a .tar.gz whose ending is known", () => {
    const path = written("b.tar.gz", gzipSync(tar("deep/c.fix", "hello")));
    const [file] = [...packFiles([path])];
    expect(file?.path).toBe(`${path}:deep/c.fix`);
    expect(Buffer.from(file?.bytes ?? []).toString()).toBe("hello");
  });

  it("gives the records of a .rec", () => {
    const record = Buffer.concat([Buffer.from([1, 0, 3, 0, 0, 0]), Buffer.from("nabc")]);
    const [file] = [...packFiles([written("d.rec", record)])];
    const [first] = [...records(file as never)];
    expect([first?.name, Buffer.from(first?.bytes ?? []).toString()]).toEqual(["n", "abc"]);
  });

  it.each([
    ["a path that is not there", () => join(folder, "nothing")],
    ["an ending that is not known", () => written("e.txt", Buffer.from("x"))],
    ["a damaged gzip", () => written("f.json.gz", Buffer.from([0x1f, 0x8b, 9, 9]))],
    ["a damaged tar", () => written("g.tar", Buffer.alloc(1024, 7))],
  ])("refuses %s and names it", (_, path) => {
    const named = path();
    expect(() => [...packFiles([named])]).toThrow(FaultError);
    expect(() => [...packFiles([named])]).toThrow(named);
  });

  it("refuses a record file that ends inside a record", () => {
    const [file] = [...packFiles([written("h.rec", Buffer.from([1, 0, 9, 0, 0, 0, 65]))])];
    expect(() => [...records(file as never)]).toThrow("ends inside a record");
  });
});
