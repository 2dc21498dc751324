import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { inTenant } from "@/db/client";
import { meter } from "@/domain/billing/meter";
import { colleague } from "../accounts";
import { call, demo, expectAccessible, expectFits, type Side } from "./arrange";
import { newDesk, otherPage } from "./desk";

/** As if so many had been verified just now. */
const counted = ({ application_id: applicationId }: Side, kind: "user" | "business", count: number) =>
  inTenant({ applicationId }, (tx) =>
    meter(
      tx,
      applicationId,
      Array.from({ length: count }, () => ({
        sessionId: randomUUID(),
        environment: "sandbox" as const,
        kind,
        status: "Approved",
        at: new Date(),
      })),
    ),
  );

/** Walks a person's session of the application's through, as its sandbox does. */
async function verified(side: Side, scenario?: string): Promise<void> {
  const { results } = await call<{ results: { workflow_id: string; workflow_type: string }[] }>(
    side,
    "GET",
    "/v3/workflows/",
  );
  const workflow = results.find((one) => one.workflow_type === "kyc")!;
  const { session_id } = await call<{ session_id: string }>(side, "POST", "/v3/session/", {
    workflow_id: workflow.workflow_id,
    ...(scenario && { sandbox_scenario: scenario }),
  });
  await call(side, "POST", `/v3/session/${session_id}/sandbox/complete/`, {});
}

const tile = (page: Page, label: string) => page.locator("main p", { hasText: label }).first().locator("..");

test("what is verified is counted and charged, and the figures can be read without the chart", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  await page.goto("/settings");
  await page.getByRole("link", { name: "Usage", exact: true }).click();
  await expect(page.getByText("Nothing was used in this month.")).toBeVisible();
  await expect(tile(page, "Balance")).toContainText("$0.00");
  await expectAccessible(page);

  await verified(side);
  await verified(side, "decline_document_expired");
  await counted(side, "business", 1);
  await page.reload();
  await expect(tile(page, "Cost of the month")).toContainText("$2.00");
  await expect(tile(page, "Cost of the month")).toContainText("1 verification charged");
  await expect(tile(page, "Free verifications of persons")).toContainText("1 of 500 used");
  await expect(tile(page, "Balance")).toContainText("-$2.00");
  const chart = page.getByRole("figure", { name: /^Verifications per day in .+: 3 in all, \$2\.00\./ });
  await expect(chart).toBeVisible();
  await expect(chart.locator(".recharts-bar-rectangle path").first()).toBeVisible();
  await page.getByRole("radio", { name: "Table" }).click();
  const table = page.getByRole("table", { name: "Day by day" });
  await expect(table.getByRole("row", { name: /^Total 1 0 1 1 \$2\.00$/ })).toBeVisible();
  await expectAccessible(page);

  const months = page.getByRole("table", { name: "Month by month" });
  await expect(months.getByRole("row")).toHaveCount(13);
  await expect(months.getByRole("row").nth(1)).toContainText("$2.00");
  await page.getByRole("link", { name: "Earlier month" }).click();
  await expect(tile(page, "Cost of the month")).toContainText("$0.00");
  await page.goto("/settings/usage?month=2999-01");
  await expect(tile(page, "Cost of the month")).toContainText("$2.00");
  await expect(page.getByRole("button", { name: "Later month" })).toBeDisabled();
  await context.close();
});

test("the first 500 persons of a month are free, and the next one is charged", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  await counted(side, "user", 502);
  await page.goto("/settings/usage");
  await expect(tile(page, "Free verifications of persons")).toContainText("500 of 500 used");
  await expect(tile(page, "Cost of the month")).toContainText("$0.60");
  await page.getByRole("radio", { name: "Table" }).click();
  await expect(page.getByRole("row", { name: /^Total 500 2 0 0 \$0\.60$/ })).toBeVisible();
  await context.close();
});

test("a top-up is asked for, paid in play money once, and another is cancelled", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  const balance = async () => (await call<{ balance: string }>(side, "GET", "/v3/billing/balance/")).balance;
  await page.goto("/settings/usage");
  await page.getByRole("button", { name: "Top up" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Amount in US dollars").fill("49.99");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(dialog.getByText("Enter an amount from $50.00 to $100,000.00", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Amount in US dollars").fill("142.50");
  await dialog.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Top-up of $142.50" })).toBeVisible();
  expect(await balance()).toBe("0.0000");
  await expectAccessible(page);
  const address = page.url();
  const again = await context.newPage();
  await again.goto(address);
  await page.getByRole("button", { name: "Pay $142.50 in play money" }).click();
  await expect(page.getByText("Paid. It is on the account.")).toBeVisible();
  expect(await balance()).toBe("142.5000");
  // The other window still offers it.
  await again.getByRole("button", { name: "Pay $142.50 in play money" }).click();
  await expect(again.getByText("Paid. It is on the account.")).toBeVisible();
  expect(await balance()).toBe("142.5000");

  const { checkout_session_url } = await call<{ checkout_session_url: string }>(side, "POST", "/v3/billing/top-up/", {
    amount_in_dollars: 60,
    success_url: "https://shop.example/done",
    cancel_url: "https://shop.example/cart?left=1",
  });
  await page.goto(new URL(checkout_session_url).pathname);
  await page.getByRole("button", { name: "Cancel top-up" }).click();
  await expect(page.getByText("Cancelled. Nothing was credited.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Back to shop.example" })).toHaveAttribute(
    "href",
    "https://shop.example/cart?left=1",
  );
  await page.getByRole("link", { name: "Back to usage" }).click();
  const table = page.getByRole("table", { name: "Top-ups" });
  await expect(table.getByRole("row", { name: /\$60\.00.*Cancelled/ })).toBeVisible();
  await expect(table.getByRole("row", { name: /\$142\.50.*Paid/ })).toBeVisible();
  expect(await balance()).toBe("142.5000");
  await page.goto("/audit");
  await expect(
    page
      .getByRole("table")
      .getByText(/top-up/i)
      .first(),
  ).toBeVisible();
  await context.close();
});

test("a live top-up waits for the operator, who settles it once", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  await page.goto("/settings");
  await page.getByRole("button", { name: "Switch to live" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Switch to live" }).click();
  await expect(page.getByText("is now live", { exact: false })).toBeVisible();
  const { checkout_session_id: id } = await call<{ checkout_session_id: string }>(side, "POST", "/v3/billing/top-up/", {
    amount_in_dollars: 75,
  });
  await page.goto(`/settings/usage/top-ups/${id}`);
  await expect(page.getByText("Whoever runs this installation credits it", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Pay", exact: false })).toHaveCount(0);
  await expectAccessible(page);
  const operator = (...args: string[]) => {
    const done = spawnSync("npm", ["run", "--silent", "operator", "--", ...args], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    return { code: done.status, output: done.stdout + done.stderr };
  };
  expect(operator("top-ups").output).toMatch(new RegExp(`${id} +75\\.00 USD +live +`));
  expect(operator("settle-top-up", id)).toEqual({ code: 0, output: "75.00 USD credited.\n" });
  expect(operator("settle-top-up", id).output).toMatch(/^75\.00 USD was credited on .+ already\.$/m);
  expect(operator("top-ups").output).not.toContain(id);
  expect(operator("settle-top-up", randomUUID())).toMatchObject({ code: 1, output: "There is no such top-up.\n" });
  expect(await call(side, "GET", "/v3/billing/balance/")).toMatchObject({ balance: "75.0000" });
  await page.reload();
  await expect(page.getByText("Paid. It is on the account.")).toBeVisible();
  await expect(page.getByText("operator", { exact: true })).toBeVisible();
  await context.close();
});

test("who may only read sees no way to pay, a reader sees nothing, and another's top-up is not there", async ({
  browser,
}) => {
  const { account, side, context } = await newDesk(browser);
  const { checkout_session_id: id } = await call<{ checkout_session_id: string }>(side, "POST", "/v3/billing/top-up/", {
    amount_in_dollars: 50,
  });
  const developer = await otherPage(browser, await colleague(account, "developer"));
  await developer.goto("/settings/usage");
  await expect(developer.getByRole("heading", { level: 2, name: "Usage" })).toBeVisible();
  await expect(developer.getByRole("button", { name: "Top up" })).toHaveCount(0);
  await developer.goto(`/settings/usage/top-ups/${id}`);
  await expect(developer.getByText("Owners and admins may settle or cancel it.", { exact: false })).toBeVisible();
  await expect(developer.getByRole("button", { name: /^(Pay|Cancel)/ })).toHaveCount(0);
  const reader = await otherPage(browser, await colleague(account, "reader"));
  await reader.goto("/settings");
  await expect(reader.getByRole("link", { name: "Workflows", exact: true })).toBeVisible();
  await expect(reader.getByRole("link", { name: "Usage", exact: true })).toHaveCount(0);
  for (const path of ["/settings/usage", `/settings/usage/top-ups/${id}`]) {
    await reader.goto(path);
    await expect(reader.getByRole("heading", { name: "Your role does not open this page" })).toBeVisible();
  }
  const stranger = await otherPage(browser, demo().stranger);
  for (const other of [id, randomUUID(), "nonsense"]) {
    await stranger.goto(`/settings/usage/top-ups/${other}`);
    await expect(stranger.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  for (const one of [context, developer.context(), reader.context(), stranger.context()]) await one.close();
});

test("the chart's library is fetched by the screen that draws, and by no other", async ({ browser }) => {
  const drawing = async (path: string, draws = false) => {
    const page = await otherPage(browser, demo().issuer);
    const scripts: Promise<string>[] = [];
    page.on("response", (response) => {
      if (response.url().includes("/_next/static/") && response.url().endsWith(".js"))
        scripts.push(response.text().catch(() => ""));
    });
    await page.goto(path);
    // It comes when there is something to draw, which may be after everything else.
    if (draws) await expect(page.locator(".recharts-wrapper")).toBeVisible();
    await page.waitForLoadState("networkidle");
    const texts = await Promise.all(scripts);
    await page.context().close();
    expect(texts.length).toBeGreaterThan(3);
    return texts.some((text) => text.includes("recharts-wrapper"));
  };
  expect(await drawing("/settings/usage", true)).toBe(true);
  for (const path of ["/settings/workflows", "/sessions"]) expect(await drawing(path), path).toBe(false);
});

test("the screens of usage are accessible and fit", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  await verified(side);
  const { checkout_session_id: id } = await call<{ checkout_session_id: string }>(side, "POST", "/v3/billing/top-up/", {
    amount_in_dollars: 50,
  });
  for (const path of ["", `/top-ups/${id}`]) {
    await page.goto(`/settings/usage${path}`);
    await page.waitForLoadState("networkidle");
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await expectFits(page);
    await page.setViewportSize({ width: 1440, height: 844 });
  }
  await context.close();
});
