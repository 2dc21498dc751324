import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `METHOD /v3/path/` of every route, read from the folders: specs run without loading the server's code. */
export function routePaths(): string[] {
  const folder = join(import.meta.dirname, "../../../app/v3");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) => {
      const path = `/v3/${file.replace(/route\.ts$/, "")}`.replace(/\[(\w+)\]/g, "{$1}");
      const methods = readFileSync(join(folder, file), "utf8").matchAll(
        /^export const (GET|POST|PUT|PATCH|DELETE)\b/gm,
      );
      return [...methods].map(([, method]) => `${method} ${path}`);
    })
    .sort();
}
