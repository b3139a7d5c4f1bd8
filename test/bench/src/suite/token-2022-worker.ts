import { parentPort, workerData } from "node:worker_threads";
import { warmUpSbpf } from "@dragoman/frontend-sbpf";
import { compileBeside, type FreshOrder } from "./token-2022.ts";

const { elf, workload, isWarm } = workerData as FreshOrder;
if (isWarm) await warmUpSbpf();
parentPort?.postMessage(await compileBeside(elf, workload, 0));
