import { ensureBuilt } from "./build.mjs";
import { root } from "./tools.mjs";

process.chdir(root);
await ensureBuilt();
process.env.NODE_ENV ||= "production";
// The worker takes the signals from here on, in this same process.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.removeAllListeners(signal);
await import("../.build/worker.mjs");
