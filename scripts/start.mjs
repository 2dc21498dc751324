import { ensureBuilt } from "./build.mjs";
import { root } from "./tools.mjs";

process.chdir(root);
await ensureBuilt();
process.env.NODE_ENV ||= "production";
process.env.NEXT_TELEMETRY_DISABLED ||= "1";
// The server takes the signals from here on, in this same process.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.removeAllListeners(signal);
await import("../.build/server.mjs");
