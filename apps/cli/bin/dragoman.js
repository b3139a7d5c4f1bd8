#!/usr/bin/env node
import { startOf } from "../../../tools/bundled.mjs";

// The other commands load little, and with external packages that must share our modules.
await import(process.argv[2] === "up" ? startOf("dragoman") : "../dist/main.js");
