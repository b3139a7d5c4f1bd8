#!/usr/bin/env node
import { startOf } from "../../../tools/bundled.mjs";

await import(startOf("relayer"));
