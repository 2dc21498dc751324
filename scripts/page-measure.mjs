// What the largest screens cost a browser: their own JavaScript (gzip or brotli, as it travels; what every screen loads stands
// apart), how far they shift while they load, and how long the slowest key waits for its picture. `npm run page-measure`,
// against a running server with the demo. Fails beyond 200 kB, a shift of 0.02, or 200 ms.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { ensureBrowser } from "./browser.mjs";

const MOST_BYTES = 200_000;
const MOST_SHIFT = 0.02;
const MOST_MS = 200;

const demo = JSON.parse(readFileSync(join(process.env.AVAL_DATA_DIR ?? ".aval", "demo.json"), "utf8"));
const base = process.env.AVAL_BASE_URL ?? demo.url;
const executablePath = await ensureBrowser();
const browser = await chromium.launch({
  ...(typeof executablePath === "string" && { executablePath }),
  args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
});

const listed = async (query) => {
  const response = await fetch(`${base}/v3/sessions/?${query}`, { headers: { "x-api-key": demo.receiver.api_key } });
  return (await response.json()).results[0]?.session_id;
};
const [person, company] = [
  await listed("session_kind=user&status=In Review&limit=1"),
  await listed("session_kind=business&limit=1"),
];

/** Each with the keys that are pressed on it, once it is live. */
const SCREENS = [
  ["overview", "/", ["Tab"]],
  ["queue", "/queue", ["j", "j", "x", "k"]],
  ["sessions", "/sessions", ["Tab", "Tab"]],
  ["a person's record", `/sessions/${person}`, ["a", "Escape", "?", "Escape"]],
  ...(company ? [["a company's record", `/sessions/${company}`, ["Tab"]]] : []),
  ["share tokens", "/share-tokens", ["Tab"]],
  ["partners", "/partners", ["Tab"]],
  ["audit", "/audit", ["Tab"]],
];

const measured = [];
for (const [name, path, keys] of SCREENS) {
  // A browser of its own each time: nothing is in its cache.
  const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 }, locale: "en-US" });
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const { email, password } = demo.receiver;
  await context.request.post("/api/auth/callback/credentials", { form: { csrfToken, email, password, json: "true" } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.measured = { shift: 0, slowest: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.measured.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.interactionId) window.measured.slowest = Math.max(window.measured.slowest, entry.duration);
    }).observe({ type: "event", buffered: true, durationThreshold: 16 });
  });
  await page.goto(path, { waitUntil: "networkidle" });
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry.initiatorType === "script" || new URL(entry.name).pathname.endsWith(".js"))
      .map((entry) => [entry.name, entry.encodedBodySize]),
  );
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(300);
  }
  const { shift, slowest } = await page.evaluate(() => window.measured);
  measured.push({ name, scripts: new Map(scripts), shift, slowest, keys: keys.length });
  await context.close();
}
await browser.close();

const kB = (bytes) => `${Math.round(bytes / 1000)} kB`;
const sum = (scripts) => scripts.reduce((total, [, bytes]) => total + bytes, 0);
const [first, ...others] = measured;
const isShared = (url) => others.every(({ scripts }) => scripts.has(url));
const shared = [...first.scripts].filter(([url]) => isShared(url));
process.stdout.write(`${"on every screen".padEnd(20)} ${kB(sum(shared)).padStart(7)}\n`);
for (const { name, scripts, shift, slowest, keys } of measured) {
  const own = sum([...scripts].filter(([url]) => !isShared(url)));
  const isOver = own > MOST_BYTES || shift > MOST_SHIFT || slowest > MOST_MS;
  if (isOver) process.exitCode = 1;
  process.stdout.write(
    `${name.padEnd(20)} ${kB(own).padStart(7)} of its own, shift ${shift.toFixed(3)}, ` +
      `slowest of ${keys} keys ${Math.round(slowest)} ms${isOver ? "   over" : ""}\n`,
  );
}
