import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isAbsent } from "../../contender.ts";
import { moveWorkloads } from "../../workload/move.ts";
import { libraryName } from "./native-vm.ts";
import { openLibmovevm } from "./open.ts";

test("a machine that nobody installed is absent, and says how to install it", async () => {
  const peer = await openLibmovevm(mkdtempSync(join(tmpdir(), "dragoman-peers-")));
  expect(peer).toEqual({
    name: "libmovevm",
    absent: expect.stringMatching(/^install it by hand: npm install --prefix \.peers/),
  });
});

test("the library has a file for each platform that the package serves", () => {
  expect(libraryName("linux", "x64")).toBe("libmovevm.x86_64.so");
  expect(libraryName("linux", "arm64")).toBe("libmovevm.aarch64.so");
  expect(libraryName("darwin", "arm64")).toBe("libmovevm.dylib");
  expect(libraryName("win32", "x64")).toBeUndefined();
});

test("an installed machine gives the recorded results", async () => {
  const peer = await openLibmovevm();
  if (isAbsent(peer)) return console.log(`${peer.name} is absent: ${peer.absent}`);
  for (const workload of moveWorkloads().filter(({ peerMs }) => peerMs < 300)) {
    const loaded = await peer.load(workload);
    expect(await loaded.answer()).toEqual({ outcome: "ok", result: workload.result });
  }
  await peer.close();
});
