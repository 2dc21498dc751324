import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, type BrowserContext, expect, type Page, request } from "@playwright/test";

export interface Side {
  organisation: string;
  application_id: string;
  client_id: string;
  api_key: string;
  email: string;
  password: string;
  workflows: { user: string; business: string };
}

export function demo(): { url: string; issuer: Side; receiver: Side; stranger: Side } {
  return JSON.parse(readFileSync(join(process.env.AVAL_DATA_DIR ?? ".aval", "demo.json"), "utf8"));
}

/** Signs a browser context in without the form, as its own spec shows that the form works. */
export async function signIn(context: BrowserContext, side: { email: string; password: string }): Promise<void> {
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const answer = await context.request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: side.email, password: side.password, json: "true" },
  });
  expect(answer.ok()).toBe(true);
}

async function api(side: Side): Promise<APIRequestContext> {
  return request.newContext({
    baseURL: process.env.AVAL_BASE_URL ?? demo().url,
    extraHTTPHeaders: { "x-api-key": side.api_key },
  });
}

export async function call<T = Record<string, unknown>>(
  side: Side,
  method: "GET" | "POST" | "PATCH",
  path: string,
  data?: unknown,
): Promise<T> {
  const context = await api(side);
  const response = await context.fetch(path, { method, data });
  const body = await response.json();
  expect(response.ok(), `${method} ${path} answered ${response.status()} ${body.code ?? ""}`).toBe(true);
  await context.dispose();
  return body;
}

/** One pixel; what matters here is that there is a medium. */
const PIXEL =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const person = (name: string, reference: string) => ({
  session_id: reference,
  session_kind: "user",
  status: "Approved",
  vendor_data: reference,
  created_at: "2026-06-02T08:00:00Z",
  id_verifications: [
    {
      node_id: "feature_ocr",
      status: "Approved",
      document_type: "Identity Card",
      document_number: reference.slice(-9).toUpperCase(),
      date_of_birth: "1991-04-09",
      expiration_date: "2032-04-09",
      issuing_state: "ESP",
      nationality: "ESP",
      first_name: name.split(" ")[0],
      last_name: name.split(" ").slice(1).join(" "),
      full_name: name,
      portrait_image: "https://vendor.example/portrait.png",
      front_image: "https://vendor.example/front.png",
      warnings: [],
    },
  ],
  liveness_checks: [{ node_id: "feature_liveness", status: "Approved", method: "PASSIVE", score: 97.4, warnings: [] }],
  aml_screenings: [{ node_id: "feature_aml", status: "Approved", total_hits: 0, score: 0, hits: [], warnings: [] }],
});

const company = (name: string, reference: string, child: string) => ({
  session_id: reference,
  session_kind: "business",
  status: "Approved",
  vendor_data: reference,
  created_at: "2026-06-02T08:00:00Z",
  registry_checks: [
    {
      node_id: "feature_kyb_registry",
      status: "Approved",
      company: { company_name: name, registration_number: reference.slice(-8), country_code: "ES" },
    },
  ],
  key_people_checks: [
    {
      node_id: "feature_kyb_key_people",
      status: "Approved",
      submitted: {
        parties: [
          {
            uuid: randomUUID(),
            name: "Ines Prado",
            entity_type: "person",
            roles: [{ role: "ubo", ownership_percent: 80 }],
            kyc_session_id: child,
          },
        ],
      },
    },
  ],
});

export interface Finished {
  id: string;
  number: number;
  name: string;
}

/** A finished session of the issuer's that no other test knows. */
export async function finishedSession(side: Side, kind: "user" | "business", name: string): Promise<Finished> {
  const reference = `e2e-${randomUUID()}`;
  const decisions =
    kind === "user"
      ? [person(name, reference)]
      : [person("Ines Prado", `${reference}-p`), company(name, reference, `${reference}-p`)];
  const answer = await call<{ results: { session_id: string; session_number: number }[] }>(
    side,
    "POST",
    "/v3/session/imports/",
    {
      decisions,
      media: { "https://vendor.example/portrait.png": PIXEL, "https://vendor.example/front.png": PIXEL },
    },
  );
  const last = answer.results.at(-1)!;
  return { id: last.session_id, number: last.session_number, name };
}

export async function mintedToken(issuer: Side, sessionId: string, receiver: Side): Promise<string> {
  const answer = await call<{ share_token: string }>(issuer, "POST", `/v3/session/${sessionId}/share/`, {
    for_application_id: receiver.application_id,
  });
  return answer.share_token;
}

const coloursSeen = new Set<string>();

/** Which screen this is, in which state: with an open layer, with errors, how wide. */
const stateOf = (page: Page) =>
  page.evaluate(() => {
    const path = location.pathname.replace(/[0-9a-f-]{36}/g, ":id");
    const layers = [...document.querySelectorAll("[data-state=open] :is(h1, h2), [role=menu], [role=listbox]")];
    const errors = document.querySelectorAll("[role=alert], [aria-invalid=true]").length > 0;
    return [path, ...layers.map((one) => one.textContent?.slice(0, 60)), errors, innerWidth].join("|");
  });

/**
 * Waits for the page to be at rest, then holds it against WCAG 2.2 AA; in the dark, its colours, as nothing else differs.
 * Colours take most of the time, so a screen's are looked at once per state, in both themes.
 */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator("main")).toBeVisible();
  const state = await stateOf(page);
  const isNew = !coloursSeen.has(state);
  coloursSeen.add(state);
  for (const colorScheme of isNew ? (["dark", "light"] as const) : (["light"] as const)) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await page.waitForFunction(() =>
      document
        .getAnimations()
        .every((one) => one.playState !== "running" || one.effect?.getComputedTiming().endTime === Infinity),
    );
    const runOnly =
      colorScheme === "dark"
        ? { type: "rule" as const, values: ["color-contrast"] }
        : { type: "tag" as const, values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
    const rules: Record<string, { enabled: boolean }> = isNew ? {} : { "color-contrast": { enabled: false } };
    // Without "legacy mode" axe opens a page of its own each time, which is for frames of other origins. There are none.
    const look = () =>
      new AxeBuilder({ page })
        .options({ runOnly, rules, resultTypes: ["violations"] })
        .setLegacyMode(true)
        .analyze();
    let { violations } = await look();
    if (violations.length > 0) {
      // A notice may have begun to fade meanwhile. What is wrong stays wrong.
      await page.waitForTimeout(1_000);
      ({ violations } = await look());
    }
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`),
      `${page.url()} in ${colorScheme}`,
    ).toEqual([]);
  }
}

/** Nothing on the page is wider than the page. */
export async function expectFits(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), page.url()).toBeLessThanOrEqual(
    0,
  );
}
