// Takes the README's pictures from a running server with the demo: `npm run screenshots`.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { ensureBrowser } from "./browser.mjs";
import { root } from "./tools.mjs";

const demo = JSON.parse(readFileSync(join(process.env.AVAL_DATA_DIR ?? ".aval", "demo.json"), "utf8"));
const base = process.env.AVAL_BASE_URL ?? demo.url;
const folder = join(root, "docs/images");
mkdirSync(folder, { recursive: true });

const executablePath = await ensureBrowser();
const browser = await chromium.launch({
  ...(typeof executablePath === "string" && { executablePath }),
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});

async function signedIn(side) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1280, height: 820 },
    locale: "en-US",
    timezoneId: "Europe/Madrid",
  });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  await context.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: side.email, password: side.password, json: "true" },
  });
  return context.newPage();
}

async function sessions(side, query) {
  const response = await fetch(`${base}/v3/sessions/?${query}`, { headers: { "x-api-key": side.api_key } });
  return (await response.json()).results;
}

const issuer = await signedIn(demo.issuer);
const [approved] = (await sessions(demo.issuer, "status=Approved&country=PRT&limit=20")).filter(
  (row) => row.features.length > 5,
);
await issuer.goto(`/sessions/${approved.session_id}`, { waitUntil: "networkidle" });
await issuer.getByRole("button", { name: "Share", exact: true }).click();
const dialog = issuer.getByRole("dialog");
await dialog.getByRole("button", { name: /^Partner/ }).click();
await issuer.getByRole("option").first().click();
await dialog.getByRole("button", { name: "4 hr" }).click();
await issuer.screenshot({ path: join(folder, "mint.png"), animations: "disabled" });

await issuer.keyboard.press("Escape");
await issuer.goto(`/partners/${demo.receiver.application_id}`, { waitUntil: "networkidle" });
await issuer.screenshot({ path: join(folder, "partner.png"), animations: "disabled" });

const receiver = await signedIn(demo.receiver);
await receiver.goto("/", { waitUntil: "networkidle" });
await receiver.screenshot({ path: join(folder, "overview.png"), animations: "disabled" });
await receiver.goto("/queue", { waitUntil: "networkidle" });
await receiver.screenshot({ path: join(folder, "queue.png"), animations: "disabled" });
const [waiting] = (await sessions(demo.receiver, "status=In Review&limit=50")).filter(
  (row) => row.portrait_image && row.vendor_data?.startsWith("tess-"),
);
await receiver.goto(`/sessions/${waiting.session_id}`, { waitUntil: "networkidle" });
// The network may be idle before a busy machine has drawn what came.
await receiver.waitForFunction(() => {
  const seen = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
  return seen.length > 0 && seen.every((image) => image.complete && getComputedStyle(image).opacity === "1");
});
await receiver.screenshot({ path: join(folder, "review.png"), animations: "disabled" });
await browser.close();
