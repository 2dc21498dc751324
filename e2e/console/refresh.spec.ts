import { expect, test } from "@playwright/test";
import { call, demo, finishedSession, mintedToken, signIn } from "./arrange";

const A_REFRESH = 25_000;

test("the ledger and the list of imports follow what others do, without a reload", async ({ browser }) => {
  const { issuer, receiver } = demo();
  const session = await finishedSession(issuer, "user", "Noor van der Heijden");
  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(one, issuer), signIn(two, receiver)]);
  const [ledger, imports] = await Promise.all([one.newPage(), two.newPage()]);
  for (const [page, path] of [
    [ledger, "/share-tokens"],
    [imports, "/imports"],
  ] as const) {
    await page.clock.install();
    await page.goto(path);
    await expect(page.getByRole("table")).toBeVisible();
  }
  const minted = ledger.getByRole("row", { name: new RegExp(`#${session.number} `) });
  const imported = imports.getByRole("link", { name: /Noor van der Heijden/ });

  const token = await mintedToken(issuer, session.id, receiver);
  await ledger.clock.runFor(A_REFRESH);
  await expect(minted.getByText("Active")).toBeVisible();
  await expect(minted).toContainText("Noor van der Heijden");

  const clone = await call<{ session_id: string }>(receiver, "POST", "/v3/session/import-shared/", {
    share_token: token,
  });
  await imports.clock.runFor(A_REFRESH);
  await expect(imported.first()).toHaveAttribute("href", `/sessions/${clone.session_id}`);
  // The issuer hears of it through the worker.
  await expect(async () => {
    await ledger.clock.runFor(A_REFRESH);
    await expect(minted.getByText("Redeemed")).toBeVisible({ timeout: 500 });
  }).toPass();
  await Promise.all([one.close(), two.close()]);
});

test("a list that cannot be refreshed says so and keeps what it has", async ({ page, context }) => {
  await signIn(context, demo().receiver);
  await page.clock.install();
  await page.goto("/imports");
  const links = page.getByRole("table").getByRole("link");
  await expect(links.first()).toBeVisible();
  await page.route("**/api/console/imports**", (route) => route.abort());
  await expect(async () => {
    await page.clock.runFor(A_REFRESH);
    await expect(page.getByText("The list could not be refreshed")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(links.first()).toBeVisible();
});
