import { parentPort, workerData } from "node:worker_threads";
import { type Translation, translate } from "./translation.ts";

/** A thread of its own has code of ours that nobody has run yet: its first translation is a cold one. */
parentPort?.postMessage(translate(workerData as Translation, 0).ms);
