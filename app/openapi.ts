import { env } from "@/env";
import { openApiDocument } from "@/lib/openapi";
import type { ApiDocument } from "@/lib/openapi-document";
import packageJson from "@/package.json" with { type: "json" };
import { ACCOUNT_ROUTES } from "./auth/v2/routes";
import { API_ROUTES } from "./v3/routes";

let built: ApiDocument | undefined;

/** The document of this server; routes do not change while it runs, so it is made once. */
export function openApi(): ApiDocument {
  built ??= openApiDocument(API_ROUTES, ACCOUNT_ROUTES, {
    url: env().publicUrl,
    version: packageJson.version,
  }) as unknown as ApiDocument;
  return built;
}
