import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Download, expect, type Page, test } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { inTenant } from "@/db/client";
import { recordAudit } from "@/domain/audit/record";
import { colleague } from "../accounts";
import { call, expectAccessible, expectFits, finishedSession, type Side } from "./arrange";
import { newDesk, otherPage } from "./desk";

const NOTES = 1_200;

/** Entries enough for a file that is not written at once. */
const manyNotes = ({ application_id: applicationId }: Side) =>
  inTenant({ applicationId }, (tx) =>
    recordAudit(
      tx,
      { kind: "system", id: "system", label: "system", applicationId },
      ...Array.from({ length: NOTES }, () => ({
        action: "session.note" as const,
        subjectKind: "session" as const,
        subjectId: randomUUID(),
      })),
    ),
  );

const records = async (file: Download) =>
  parse(await readFile(await file.path()), { columns: true }) as Record<string, string>[];

async function exported(page: Page, choice: string): Promise<Download> {
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: choice }).click();
  return download;
}

test("what the filters of a list show is saved as a file", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  const declined = await finishedSession(side, "user", "Eva =SUM(1)");
  await finishedSession(side, "user", "Fay Approved");
  await call(side, "PATCH", `/v3/session/${declined.id}/update-status/`, { new_status: "Declined" });
  await page.goto("/sessions?status=Declined");
  await expect(page.locator("main tbody tr")).toHaveCount(1);
  const file = await exported(page, "CSV");
  expect(file.suggestedFilename()).toMatch(/^sessions-\d{4}-\d\d-\d\d\.csv$/);
  expect(await records(file)).toMatchObject([
    { session_id: declined.id, session_number: String(declined.number), name: declined.name, status: "Declined" },
  ]);

  // The words of a search are not in any address, and narrow the file nevertheless.
  await page.goto("/sessions");
  await expect(page.locator("main tbody tr")).toHaveCount(2);
  await page.getByRole("searchbox").fill("Fay");
  await expect(page.locator("main tbody tr")).toHaveCount(1);
  const json = await exported(page, "JSON");
  const rows = JSON.parse(await readFile(await json.path(), "utf8")) as { name: string }[];
  expect(rows.map((row) => row.name)).toEqual(["Fay Approved"]);

  await page.goto("/exports");
  await expect(page.locator("main tbody tr")).toHaveCount(2);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  await expectAccessible(page);
  await context.close();
});

test("a long export is written in the background, told of on another screen, and kept from who may not see the list", async ({
  browser,
}) => {
  const { account, side, page, context } = await newDesk(browser);
  await manyNotes(side);
  await page.goto("/audit?action=session.note");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "CSV" }).click();
  await expect(page.getByText("The export is being written")).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Partners" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Partners" })).toBeVisible();
  const notice = page.getByText("The export is ready: Audit");
  await expect(notice).toBeVisible({ timeout: 30_000 });
  const download = page.waitForEvent("download");
  await page.locator("[data-sonner-toast]", { has: notice }).getByRole("button", { name: "Download" }).click();
  const rows = await records(await download);
  expect(rows).toHaveLength(NOTES);
  expect(new Set(rows.map((row) => row.action))).toEqual(new Set(["session.note"]));

  await page.goto("/exports");
  const href = await page.getByRole("link", { name: "Download Audit as CSV" }).getAttribute("href");
  await page.goto("/audit?kind=export");
  await expect(page.locator("main tbody tr")).toHaveCount(3);
  await expect(page.getByRole("row", { name: /Downloaded an export/ })).toBeVisible();
  await expectAccessible(page);

  const elsewhere = await newDesk(browser);
  expect((await elsewhere.page.request.get(href!)).status()).toBe(404);
  const reader = await otherPage(browser, await colleague(account, "developer"));
  const answer = await reader.request.get(href!);
  expect(answer.status()).toBe(403);
  await Promise.all([context.close(), elsewhere.context.close(), reader.context().close()]);
});
