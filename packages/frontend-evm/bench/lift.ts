// Time and size of both lifts and of compilation for the code of the peer workloads.
import { readdirSync, readFileSync } from "node:fs";
import { decodeHex } from "@dragoman/bytes";
import { moduleFunction } from "@dragoman/core";
import { machineOf } from "@dragoman/frontend-evm";
import { compileModule } from "../../core/src/codegen/index.ts";

const folder = process.env.DRAGOMAN_BENCH ?? "../shared/bench/evm";
const machine = machineOf({ fork: "cancun" });
for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
  const { accounts } = JSON.parse(readFileSync(`${folder}/${file}`, "utf8"));
  for (const text of Object.values(accounts) as string[]) {
    const code = decodeHex(text);
    let line = `${file} ${code.length} bytes:`;
    for (let round = 0; round < 5; round++) {
      const program = machine.initcode(code);
      const times = [performance.now()];
      moduleFunction(program.exact, 0);
      times.push(performance.now());
      const module = program.liftOptimistic();
      times.push(performance.now());
      const compiled = module && compileModule(module);
      times.push(performance.now());
      const [a, b, c] = times.slice(1).map((time, i) => (time - times[i]!).toFixed(2));
      const words = module?.functions.reduce((sum, fn) => sum + (fn?.code.length ?? 0), 0);
      line = `${file} ${code.length} bytes: exact ${a} ms, optimistic ${b} ms, ${module?.functions.length} functions, ${words} words, compile ${c} ms ${compiled === undefined ? "REFUSED" : ""}`;
    }
    console.log(line);
  }
}
