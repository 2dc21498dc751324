// node bundle.mjs <folder>: the worker as it is shipped, so that a killed one is replaced as quickly as in production.
import { build } from "esbuild";
import { bundleOptions } from "../build.mjs";

await build({ ...bundleOptions(process.argv[2]), entryPoints: { worker: "server/worker.ts" } });
