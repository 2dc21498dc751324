import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { DomainError } from "@/domain/errors";
import { openMedium } from "@/domain/vault/media";
import { receiveVendorMessage } from "@/domain/vendor/receive";
import { MAX_MESSAGE_BYTES } from "@/domain/vendor/rules";
import { MAX_RECEIVED_BYTES, receiveTest } from "@/domain/webhooks/test-receiver";
import { readBytes } from "@/lib/body";
import { APPLICATION_HEADER, ORGANISATION_HEADER } from "@/lib/identify";
import { llmsFullTxt, llmsTxt } from "@/lib/llms";
import { log } from "@/lib/log";
import { problemOf, unexpectedProblem } from "@/lib/problem";
import { REMOTE_ADDRESS_HEADER, remoteAddressOf } from "@/lib/remote-address";
import { json } from "@/lib/route";
import { ACCOUNT_ROUTES } from "./auth/v2/routes";
import { answerMcp } from "./mcp/endpoint";
import { openApi } from "./openapi";
import { consolePath } from "./v3/console-paths";
import { API_ROUTES } from "./v3/routes";

type Bindings = { Bindings: { incoming?: { socket?: { remoteAddress?: string } } } };

/** The public API, on a bare Node server: several times faster than a page router in front of it. */
export const apiApp = new Hono<Bindings>({ strict: true });

apiApp.get("/system/healthcheck", (context) => context.json({ status: "ok" }));
apiApp.get("/system/healthcheck/", (context) => context.json({ status: "ok" }));

apiApp.get("/openapi.json", (context) =>
  context.json(openApi(), 200, { "Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache" }),
);

for (const [path, write] of [
  ["/llms.txt", llmsTxt],
  ["/llms-full.txt", llmsFullTxt],
] as const) {
  apiApp.get(path, (context) => context.text(write(openApi()), 200, { "Cache-Control": "no-cache" }));
}

const honoPath = (path: string, spans: string | undefined) =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => (name === spans ? `:${name}{.+}` : `:${name}`));
const bothForms = ({ path, spans }: { path: string; spans?: string }) => [
  honoPath(path, spans),
  honoPath(path, spans).replace(/\/$/, ""),
];

const methodsOf = new Map<string, { methods: string[]; forms: string[] }>();
for (const route of [...API_ROUTES, ...ACCOUNT_ROUTES]) {
  const { method, path } = route.spec;
  const forms = bothForms(route.spec);
  methodsOf.set(path, { methods: [...(methodsOf.get(path)?.methods ?? []), method], forms });
  apiApp.on(method, forms, (context) => route(withRemoteAddress(context)));
}
for (const { methods, forms } of methodsOf.values()) {
  apiApp.on(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"], forms, (context) => {
    const error = new DomainError("method_not_allowed", `Method "${context.req.method}" not allowed.`);
    const problem = problemOf(error);
    return json(problem.status, problem.body, randomUUID(), { ...problem.headers, Allow: methods.join(", ") });
  });
}

// Contract section 7.1: the console client names organisation and application in the path, the flat routes in headers.
apiApp.all("/v3/organization/:organisation/application/:application/*", (context) => {
  const { organisation, application } = context.req.param();
  const url = new URL(context.req.url);
  url.pathname = consolePath(url.pathname);
  const headers = new Headers(context.req.raw.headers);
  // A key is for one application already; here a person asks.
  headers.delete("x-api-key");
  headers.set(ORGANISATION_HEADER, organisation);
  headers.set(APPLICATION_HEADER, application);
  return apiApp.fetch(new Request(url, new Request(context.req.raw, { headers })), context.env);
});

apiApp.get("/media/:applicationId/:sessionId/:blobId", async (context) => {
  const { applicationId, sessionId, blobId } = context.req.param();
  try {
    if (![applicationId, sessionId, blobId].every((id) => UUID.test(id)))
      throw new DomainError("not_found", "Not found.");
    const medium = await openMedium(
      { applicationId, sessionId, blobId },
      Number(context.req.query("expires")),
      context.req.query("signature") ?? "",
      new Date(),
    );
    return new Response(new Uint8Array(medium.bytes), {
      headers: {
        "Content-Type": medium.contentType,
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
        // A document that arrived from outside must not run, frame or fetch anything.
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Content-Disposition": "inline",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-site",
      },
    });
  } catch (error) {
    return failed(error);
  }
});

apiApp.post("/test-receiver/:applicationId/:token", async (context) => {
  const { applicationId, token } = context.req.param();
  try {
    if (!UUID.test(applicationId)) throw new DomainError("not_found", "Not found.");
    const body = await readBytes(context.req.raw, MAX_RECEIVED_BYTES);
    const { status, delayMs } = await receiveTest({ applicationId, token, headers: context.req.raw.headers, body });
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return context.body(status < 400 ? "received" : "answered as set", status as 200);
  } catch (error) {
    return failed(error);
  }
});

for (const form of ["/vendor/:applicationId/:inboxId/", "/vendor/:applicationId/:inboxId"] as const) {
  apiApp.post(form, async (context) => {
    const { applicationId, inboxId } = context.req.param();
    try {
      if (![applicationId, inboxId].every((id) => UUID.test(id))) throw new DomainError("not_found", "Not found.");
      const { headers } = context.req.raw;
      const body = await readBytes(context.req.raw, MAX_MESSAGE_BYTES);
      return json(200, await receiveVendorMessage({ applicationId, inboxId, headers, body }), randomUUID());
    } catch (error) {
      return failed(error);
    }
  });
  apiApp.all(form, (context) => {
    const { status, body } = problemOf(
      new DomainError("method_not_allowed", `Method "${context.req.method}" not allowed.`),
    );
    return json(status, body, randomUUID(), { Allow: "POST" });
  });
}

apiApp.on(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], ["/mcp", "/mcp/"], (context) =>
  answerMcp(withRemoteAddress(context), async (request) => apiApp.fetch(request, context.env)),
);

apiApp.notFound(() => failed(new DomainError("not_found", "Not found.")));
apiApp.onError((error) => failed(error));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function failed(error: unknown): Response {
  const requestId = randomUUID();
  if (!(error instanceof DomainError)) log().error({ requestId, err: error });
  const problem = error instanceof DomainError ? problemOf(error) : unexpectedProblem(requestId);
  return json(problem.status, problem.body, requestId, problem.headers);
}

/** With the caller's address as we know it, whatever the client claims. */
function withRemoteAddress(context: Context<Bindings>): Request {
  const request = context.req.raw;
  const address = remoteAddressOf(request.headers.get("x-forwarded-for"), context.env?.incoming?.socket?.remoteAddress);
  const headers = new Headers(request.headers);
  headers.delete(REMOTE_ADDRESS_HEADER);
  if (address) headers.set(REMOTE_ADDRESS_HEADER, address);
  return new Request(request, { headers });
}
