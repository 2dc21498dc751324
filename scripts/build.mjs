import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { alone, fail, fingerprint, root, runTool, say } from "./tools.mjs";

const INPUTS = [
  "app",
  "components",
  "db",
  "demo",
  "domain",
  "i18n",
  "lib",
  "messages",
  "public",
  "server",
  "env.ts",
  "global.d.ts",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "proxy.ts",
  "scripts/build.mjs",
  "scripts/empty.mjs",
  "server.ts",
  "tsconfig.json",
];
// The first is read when the server runs, not built in.
const NOT_BUILT_IN = /^db\/migrations|\.test\.tsx?$/;

const stamp = join(root, ".build/stamp");

/** Builds what is not yet built from exactly these sources: that a build exists says nothing about its age. */
export function ensureBuilt() {
  return alone("build", async () => {
    const sources = fingerprint(INPUTS, (path) => NOT_BUILT_IN.test(path));
    const outputs = [".build/server.mjs", ".build/worker.mjs", ".build/embedded.mjs", ".next/BUILD_ID"];
    const complete = outputs.every((path) => existsSync(join(root, path)));
    if (complete && existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return;
    say("Building …");
    rmSync(stamp, { force: true });
    await bundle();
    const { DATABASE_URL: _, ...env } = process.env;
    const code = await runTool("next/dist/bin/next", ["build"], {
      env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
    if (code !== 0) fail("The build failed; the reason is above.");
    await compress(join(root, ".next/static"));
    mkdirSync(join(root, ".build"), { recursive: true });
    writeFileSync(stamp, sources);
  });
}

export function bundleOptions(outdir) {
  return {
    absWorkingDir: root,
    entryPoints: { server: "server.ts", worker: "server/worker.ts", embedded: "db/embedded.ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // What is imported late is loaded late: a busy port is told without the whole program having been read.
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
    packages: "external",
    conditions: ["react-server"],
    // Node would load the real one, whose only content is an error: it does not know that this is no client bundle.
    alias: { "server-only": join(root, "scripts/empty.mjs") },
    sourcemap: true,
    logLevel: "warning",
    plugins: [fullNextPaths],
  };
}

/** Next's package has no `exports`, so Node wants the file's whole name where a bundler does not. */
const fullNextPaths = {
  name: "full-next-paths",
  setup(build) {
    build.onResolve({ filter: /^next\/[^.]+$/ }, ({ path }) =>
      existsSync(join(root, "node_modules", `${path}.js`)) ? { path: `${path}.js`, external: true } : undefined,
    );
  },
};

/** Once, and better than a server could for every visitor: server/static.ts sends what lies beside the file. */
async function compress(folder) {
  const { constants } = zlib;
  const [brotli, gzip] = [promisify(zlib.brotliCompress), promisify(zlib.gzip)];
  const names = readdirSync(folder, { recursive: true }).filter((name) => /\.(js|css|json|svg|txt|map)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const bytes = readFileSync(path);
      if (bytes.length < 1024) return;
      writeFileSync(`${path}.gz`, await gzip(bytes, { level: 9 }));
      writeFileSync(`${path}.br`, await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }));
    }),
  );
}

async function bundle() {
  const { build, stop } = await import("esbuild");
  rmSync(join(root, ".build/chunks"), { recursive: true, force: true });
  await build(bundleOptions(".build")).catch(() => fail("The server could not be bundled; the reason is above."));
  // Its own process would stay as long as the server that this one becomes.
  await stop();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await ensureBuilt();
