import { join } from "node:path";
import { bundleOptions } from "./build.mjs";
import { root, say, start } from "./tools.mjs";

process.chdir(root);
const { context } = await import("esbuild");
const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };

let server;
let restarting = Promise.resolve();

/** The API and the domain live in this bundle and need a new process; pages are Next's, which reloads them itself. */
function restart() {
  restarting = restarting.then(async () => {
    if (server && server.child.exitCode === null) {
      say("Something the server is made of has changed: starting it again …");
      server.child.kill("SIGTERM");
      await server.ended;
    }
    server = start(process.execPath, ["--enable-source-maps", join(root, ".build/dev/server.mjs")], { env });
  });
}

const restarter = {
  name: "restart",
  setup(build) {
    build.onEnd(({ errors }) => {
      if (errors.length === 0) restart();
    });
  },
};

const options = bundleOptions(".build/dev");
const watching = await context({ ...options, plugins: [...options.plugins, restarter] });
await watching.watch();
