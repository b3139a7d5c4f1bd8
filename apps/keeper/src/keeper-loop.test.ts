import { expect, test } from "vitest";
import { KeeperLoop } from "./keeper-loop.ts";

test("rounds do not overlap, go on after a failure, and end when told", async () => {
  let [rounds, running, most] = [0, 0, 0];
  const errors: string[] = [];
  const loop = new KeeperLoop(
    async () => {
      running++;
      most = Math.max(most, running);
      rounds++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (rounds === 2) throw new Error("second round");
    },
    1,
    (error) => errors.push(error.message),
  );
  loop.start();
  await Promise.all([loop.poke(), loop.poke()]);
  while (rounds < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  await loop.stop();
  const ended = rounds;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect({ rounds, most, errors }).toEqual({ rounds: ended, most: 1, errors: ["second round"] });
});
