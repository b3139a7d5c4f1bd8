import { scratch } from "@dragoman/core";
import type { Discovery } from "./discovery.ts";

/** 1 at each state that a retreating edge leads to: every cycle has one. */
export function findLoopHeads(discovery: Discovery): Uint8Array {
  const { states } = discovery;
  const heads = scratch.uint8s(states.count);
  // 0 = not seen, 1 = on the path, 2 = done
  const color = scratch.uint8s(states.count);
  const path: number[] = [];
  const step = scratch.uint8s(states.count);
  for (const { entry } of discovery.functions) {
    if (color[entry] !== 0) continue;
    path.push(entry);
    color[entry] = 1;
    while (path.length > 0) {
      const state = path[path.length - 1];
      if (step[state] === 2) {
        color[state] = 2;
        path.pop();
        continue;
      }
      const next = step[state]++ === 0 ? states.next[state] : states.taken[state];
      if (next < 0) continue;
      if (color[next] === 1) heads[next] = 1;
      else if (color[next] === 0) {
        color[next] = 1;
        path.push(next);
      }
    }
  }
  return heads;
}
