import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { call, demo, expectAccessible, finishedSession, signIn } from "./arrange";

/** A surname that no other test's people have. */
const surname = () =>
  `Q${randomBytes(5)
    .toString("hex")
    .replace(/\d/g, (digit) => "abcdefghij"[Number(digit)]!)}`;

test("sessions are found by a name, shared together, and one of the tokens is revoked", async ({ page, context }) => {
  const requested: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  const { issuer, receiver } = demo();
  const family = surname();
  const first = await finishedSession(issuer, "user", `Zoë ${family}`);
  const second = await finishedSession(issuer, "user", `Éva ${family}`);
  await signIn(context, issuer);
  await page.goto("/sessions");
  await expectAccessible(page);
  await page.getByRole("searchbox", { name: "Search" }).fill(family.toUpperCase());
  await expect(page.getByRole("paragraph").filter({ hasText: /^2 sessions$/ })).toBeVisible();
  await page.reload();
  const table = page.getByRole("table", { name: "Sessions" });
  await expect(table.getByRole("link", { name: new RegExp(family) })).toHaveCount(2);
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue(family.toUpperCase());
  // A record and back again: still the same search.
  await table.getByRole("link", { name: `Zoë ${family}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Zoë ${family}` })).toBeVisible();
  await page.goBack();
  await expect(table.getByRole("link", { name: new RegExp(family) })).toHaveCount(2);
  // The name is in no address, and whoever is sent this one sees the list.
  expect(page.url()).toMatch(/[?&]search=\d+-\d+$/);
  expect(requested.filter((url) => new RegExp(family, "i").test(url))).toEqual([]);
  const elsewhere = await context.newPage();
  await elsewhere.goto(page.url());
  await expect(elsewhere).toHaveURL(/\/sessions$/);
  await expect(elsewhere.getByRole("table", { name: "Sessions" }).getByRole("row")).not.toHaveCount(0);
  await elsewhere.close();

  await table.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("button", { name: "Share 2 sessions" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Partner/ }).click();
  await page
    .getByRole("option", { name: new RegExp(receiver.organisation) })
    .first()
    .click();
  await dialog.getByRole("button", { name: "Mint 2 tokens" }).click();
  const results = dialog.getByRole("table", { name: "Result of each session" });
  await expect(results.getByText("Minted")).toHaveCount(2);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Copy all" }).click();
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.goto("/share-tokens");
  await expectAccessible(page);
  await page.getByRole("button", { name: `Revoke the token of session #${second.number}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`#${second.number}`) }).getByText("Revoked")).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(`#${first.number}`) }).getByText("Active")).toBeVisible();
});

test("an unfinished session offers no sharing, and the API refuses it", async ({ page, context }) => {
  const { issuer, receiver } = demo();
  const unfinished = await call<{ results: { session_id: string }[] }>(
    issuer,
    "GET",
    "/v3/sessions/?status=In Progress&limit=1",
  );
  await signIn(context, issuer);
  await page.goto(`/sessions/${unfinished.results[0]!.session_id}`);
  await expect(page.getByRole("button", { name: "Share", exact: true })).toHaveCount(0);
  const refused = await page.request.post(`/v3/session/${unfinished.results[0]!.session_id}/share/`, {
    headers: { "x-api-key": issuer.api_key },
    data: { for_application_id: receiver.application_id },
  });
  expect(refused.status()).toBe(400);
});

for (const [part, paths] of Object.entries({
  lists: ["/sessions", "/imports", "/share-tokens", "/partners", "/audit"],
  forms: ["/imports/new", "/settings", "/settings/api-keys", "/settings/workflows", "/sessions/unknown"],
})) {
  test(`every screen is accessible: ${part}`, async ({ browser }) => {
    const context = await browser.newContext();
    await signIn(context, demo().receiver);
    const page = await context.newPage();
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectAccessible(page);
    }
    await context.close();
  });
}
