import { expect, type Page, test } from "@playwright/test";
import { call, expectAccessible, expectFits, finishedSession, mintedToken } from "./arrange";
import { newDesk } from "./desk";

/** Where every number of the page leads, with the number. */
async function figures(page: Page): Promise<{ href: string; count: number }[]> {
  const links = await page
    .locator("main a")
    .evaluateAll((all) => all.map((link) => ({ href: link.getAttribute("href") ?? "", text: link.textContent ?? "" })));
  return links.flatMap(({ href, text }) => {
    const count = /^(?:.* )?(\d+)(?: tokens?| imports?| imported)?$/.exec(text.trim())?.[1];
    return count !== undefined && /^\/(imports|share-tokens|sessions)(\/inbox)?\?/.test(href)
      ? [{ href, count: Number(count) }]
      : [];
  });
}

async function expectListsOfThatLength(page: Page): Promise<number> {
  const found = [...new Map((await figures(page)).map((one) => [one.href, one])).values()];
  for (const { href, count } of found) {
    await page.goto(href);
    await expect(page.locator("main tbody tr"), `${href} holds ${count}`).toHaveCount(count);
  }
  return found.length;
}

test("a new application is told what to do first", async ({ browser }) => {
  const { page, context } = await newDesk(browser);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await expect(page.getByText("Nothing has happened here yet")).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  await page.getByRole("main").getByRole("link", { name: "Redeem a token" }).click();
  await expect(page).toHaveURL(/\/imports\/new$/);
  await context.close();
});

test("each number opens the list that holds as many", async ({ browser }) => {
  test.slow();
  const [issuer, receiver] = [await newDesk(browser), await newDesk(browser)];
  const imported: string[] = [];
  for (const [index, name] of ["Ana Uno", "Bea Dos", "Cora Tres"].entries()) {
    const session = await finishedSession(issuer.side, "user", name);
    const { session_id } = await call<{ session_id: string }>(receiver.side, "POST", "/v3/session/import-shared/", {
      share_token: await mintedToken(issuer.side, session.id, receiver.side),
      trust_review: index === 0,
    });
    imported.push(session_id);
  }
  await mintedToken(issuer.side, (await finishedSession(issuer.side, "user", "Dana Cuatro")).id, receiver.side);
  await call(receiver.side, "PATCH", `/v3/session/${imported[1]}/update-status/`, { new_status: "Declined" });

  const page = receiver.page;
  await page.goto("/");
  await expect(page.getByRole("link", { name: "3 imports" })).toBeVisible();
  const table = page.getByRole("table", { name: "Issuer and us" });
  await expect(table.getByRole("row").nth(2)).toContainText("100%");
  await expectAccessible(page);
  const chart = page.getByRole("slider", { name: "Imports" });
  await chart.focus();
  await expect(chart).toHaveAttribute("aria-valuetext", /: 3; /);
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute("aria-valuetext", /: 0$/);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/imports\?from=/);
  await expect(page.locator("main tbody tr")).toHaveCount(3);
  await expectAccessible(page);

  await page.goto("/?days=7");
  await expect(page.getByRole("link", { name: "7 days" })).toHaveAttribute("aria-current", "page");
  for (const one of await page.getByRole("radio", { name: "Table" }).all()) await one.click();
  await expect(page.getByRole("table", { name: "Imports" })).toBeVisible();
  await expectAccessible(page);
  expect(await expectListsOfThatLength(page)).toBeGreaterThan(15);

  await issuer.page.goto("/?days=90");
  await expect(issuer.page.getByRole("link", { name: "4 tokens" })).toBeVisible();
  await expectAccessible(issuer.page);
  await issuer.page.setViewportSize({ width: 390, height: 844 });
  await expectFits(issuer.page);
  await issuer.page.setViewportSize({ width: 1440, height: 900 });
  expect(await expectListsOfThatLength(issuer.page)).toBeGreaterThan(8);
  await Promise.all([issuer.context.close(), receiver.context.close()]);
});
