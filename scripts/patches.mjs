// Runs right after the install, so it uses nothing but Node.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * postgres.js 3.4.9 does not survive a connection that is lost inside a transaction, as every restart of the database
 * makes them (porsager/postgres, issues 1066, 1154 and 1208):
 * - it writes the rollback to a socket that is gone, which ends the whole process;
 * - what a transaction asks after that goes to the same connection object, which may be another transaction's by then;
 * - bytes that were not written yet are kept for the connection that follows, which then never gets through;
 * - it asks each new connection for the array types and looks at nobody's failing to answer, which ends the process, too.
 * Remove this with the version that has the fix; db/connection-loss.test.ts tells.
 */
const POSTGRES = {
  "connection.js": [
    [
      "  function execute(q) {\n",
      "  function execute(q) {\n    if (!socket)\n      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true\n\n",
    ],
    [
      "    socket.removeAllListeners()\n    socket = null\n",
      "    socket.removeAllListeners()\n    socket = null\n    chunk = nextWriteTimer = null\n",
    ],
    ["        return fetchArrayTypes()\n", "        return fetchArrayTypes().catch(() => {})\n"],
  ],
  "index.js": [
    ["      , connection\n      , prepare = null\n", "      , connection\n      , lost\n      , prepare = null\n"],
    [
      "new Promise((_, reject) => connection.onclose = reject)\n",
      "new Promise((_, reject) => connection.onclose = e => reject(lost = e))\n",
    ],
    [
      "        q.catch(e => uncaughtError || (uncaughtError = e))\n",
      "        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost)\n          return q.reject(lost)\n",
    ],
  ],
};

/** Changes what is not changed yet; done twice it does nothing more. */
export function patchPackages(root) {
  for (const folder of ["src", "cjs/src"]) {
    for (const [name, changes] of Object.entries(POSTGRES))
      patch(join(root, "node_modules/postgres", folder, name), changes);
  }
}

function patch(path, changes) {
  if (!existsSync(path)) return;
  const before = readFileSync(path, "utf8");
  let after = before;
  for (const [from, to] of changes) {
    if (after.includes(to)) continue;
    if (after.split(from).length !== 2) {
      process.stderr.write(`${path} is not the file that scripts/patches.mjs was written for. Look at both.\n`);
      process.exit(1);
    }
    after = after.replace(from, () => to);
  }
  if (after === before) return;
  // Not in place: the file may be shared with another installation by a hard link.
  writeFileSync(`${path}.patched`, after);
  renameSync(`${path}.patched`, path);
}
