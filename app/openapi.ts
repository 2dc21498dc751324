import { env } from "@/env";
import { openApiDocument } from "@/lib/openapi";
import packageJson from "@/package.json" with { type: "json" };
import { ACCOUNT_ROUTES } from "./auth/v2/routes";
import { API_ROUTES } from "./v3/routes";

let built: Record<string, unknown> | undefined;

/** The document of this server; routes do not change while it runs, so it is made once. */
export function openApi(): Record<string, unknown> {
  built ??= openApiDocument(API_ROUTES, ACCOUNT_ROUTES, { url: env().publicUrl, version: packageJson.version });
  return built;
}
