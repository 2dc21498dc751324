// Runs before anything is installed, so it uses nothing but Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { patchPackages } from "./patches.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Aval needs Node.js 20.19 or newer, and this is ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
  );
  process.exit(1);
}

const lock = readFileSync(join(root, "package-lock.json"));
const wanted = createHash("sha256").update(lock).update(`${process.platform}-${process.arch}`).digest("hex");
const stamp = join(root, "node_modules/.aval-installed");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  if (!installed()) install();
  writeFileSync(stamp, wanted);
}
patchPackages(root);

/** Whether somebody has already installed just this with npm: its own record names every package that the lock file wants. */
function installed() {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const there = JSON.parse(readFileSync(record, "utf8")).packages;
  const all = JSON.parse(lock.toString()).packages;
  return Object.entries(all).every(([path, { version, optional, link, os, cpu }]) => {
    if (path === "" || link) return true;
    if (there[path]) return there[path].version === version;
    const foreign = (os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch));
    return Boolean(optional || foreign);
  });
}

function install() {
  process.stdout.write("Installing packages (npm ci) …\n");
  // Under npm its own script is known; else the one on the PATH. On Windows that is a .cmd, which needs a shell.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"] };
  const done = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (done.status === 0) return;
  process.stderr.write(
    "The packages could not be installed; npm says above why. Check the connection to its registry and try again.\n",
  );
  process.exit(1);
}
