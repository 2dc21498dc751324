import { expect, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { inTenant } from "@/db/client";
import { cases, sessions } from "@/db/schema";
import { assignCases } from "@/domain/cases/assign";
import { reviewSession } from "@/domain/sessions/review";
import { memberOf, newApplication, newMember, newPerson, type TestApplication } from "@/domain/testing";
import { expectAccessible, expectFits, signIn } from "./arrange";

/** Cases of an application of the test's own, the last of them the most urgent. */
async function waiting(application: TestApplication, names: readonly string[]) {
  const made = [];
  for (const [place, fullName] of names.entries()) {
    const session = await newPerson(application, { status: "In Review", fullName });
    // One hour less for each: the last is overdue first.
    await inTenant({ applicationId: application.id }, (tx) =>
      tx
        .update(cases)
        .set({ dueAt: new Date(Date.now() + (names.length - 2 - place) * 3_600_000 - 60_000) })
        .where(eq(cases.sessionId, session.id)),
    );
    made.push(session);
  }
  return made;
}

const statusOf = (application: TestApplication, sessionId: string) =>
  inTenant({ applicationId: application.id }, async (tx) => {
    const [row] = await tx.select({ status: sessions.status }).from(sessions).where(eq(sessions.id, sessionId));
    return row?.status;
  });

test("cases are taken, assigned, prioritised and decided together, each with its result", async ({ page, context }) => {
  const application = await newApplication();
  const [first, second, third, fourth] = await waiting(application, [
    "Ana Prado",
    "Bea Prado",
    "Caio Prado",
    "Dora Prado",
  ]);
  const colleague = await memberOf(application, "compliance_officer");
  await assignCases(colleague, { sessionIds: [first!.id], assignee: "me" });
  await signIn(context, await newMember(application, "owner"));
  await page.goto("/queue");
  const table = page.getByRole("table", { name: "Queue" });
  await expect(table.locator("tbody tr")).toHaveCount(4);
  await expect(table.locator("tbody tr").first()).toContainText(`#${fourth!.number}`);
  await expect(table.getByText("Overdue")).toHaveCount(2);
  const name = await table.getByRole("columnheader", { name: "Name" }).boundingBox();
  expect(name!.width).toBeGreaterThan(120);
  const counts = page.getByRole("navigation", { name: "The queue in numbers" });
  await expect(counts.getByRole("link", { name: "4 Open" })).toHaveAttribute("aria-current", "true");
  await expect(counts.getByRole("link", { name: "3 Unassigned" })).toBeVisible();
  await expect(counts.getByRole("link", { name: "2 Overdue" })).toBeVisible();
  await expectAccessible(page);
  await expectFits(page);

  // The most urgent, opened at once.
  await page.getByRole("button", { name: "Take next", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions/${fourth!.id}$`));
  await page.goBack();
  await expect(counts.getByRole("link", { name: "1 Mine" })).toBeVisible();

  const choose = async (...numbers: number[]) => {
    for (const number of numbers) await table.getByRole("checkbox", { name: new RegExp(`#${number} `) }).check();
  };
  const dialog = page.getByRole("dialog");

  await choose(third!.number, fourth!.number);
  await page.getByRole("button", { name: "Assign", exact: true }).click();
  await expect(dialog.getByText("1 of 2 will change.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Assign 1 case" }).click();
  await expect(dialog.getByRole("table", { name: "What happened" }).getByText("As it was")).toBeVisible();
  await dialog.getByRole("button", { name: "Back to the queue" }).click();
  await expect(counts.getByRole("link", { name: "2 Mine" })).toBeVisible();

  await choose(second!.number);
  await page.getByRole("button", { name: "Priority", exact: true }).last().click();
  await dialog.getByRole("radio", { name: "Urgent" }).click();
  await dialog.getByRole("button", { name: "Change 1 case" }).click();
  await dialog.getByRole("button", { name: "Back to the queue" }).click();
  await expect(table.locator("tbody tr").first()).toContainText(`#${second!.number}`);

  // Two are decided; one was decided by a colleague meanwhile, and says so.
  await choose(first!.number, second!.number, third!.number);
  await page.getByRole("button", { name: "Decide", exact: true }).click();
  await expect(dialog.getByText("3 of 3 will change.")).toBeVisible();
  await expect(dialog.getByText(`${colleague.label} has taken it`)).toBeVisible();
  await expectAccessible(page);
  await reviewSession(colleague, { sessionId: second!.id, newStatus: "Declined" });
  await dialog.getByRole("button", { name: "Approve 3 cases" }).click();
  await expect(dialog.getByText("Choose a reason.")).toBeVisible();
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: "All checks passed" }).click();
  await dialog.getByRole("button", { name: "Approve 3 cases" }).click();
  const results = dialog.getByRole("table", { name: "What happened" });
  await expect(results.getByText("Done", { exact: true })).toHaveCount(2);
  await expect(results.getByText("Somebody changed it since you chose it.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Back to the queue" }).click();
  await expect(table.locator("tbody tr")).toHaveCount(1);
  expect([await statusOf(application, first!.id), await statusOf(application, second!.id)]).toEqual([
    "Approved",
    "Declined",
  ]);

  // What is written into a file is said before.
  await page.getByRole("button", { name: "Export", exact: true }).click();
  await expect(dialog.getByText("1 case will be written into a file.")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("review-queue.csv");
});

test("filters stand in the address, are kept as a view, and columns and density outlive a visit", async ({
  page,
  context,
}) => {
  const application = await newApplication();
  await waiting(application, ["Ana Prado", "Bea Prado", "Caio Prado"]);
  const owner = await newMember(application, "owner");
  await signIn(context, owner);
  await page.goto("/queue");
  const table = page.getByRole("table", { name: "Queue" });
  await page.getByRole("link", { name: "2 Overdue" }).click();
  await expect(page).toHaveURL(/\/queue\?due=breached$/);
  await expect(table.locator("tbody tr")).toHaveCount(2);
  await table.getByRole("button", { name: "No." }).click();
  await expect(page).toHaveURL(/sort=number&direction=asc/);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Save this view…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Late ones");
  await dialog.getByRole("checkbox", { name: "Share it with everybody in this application" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save view" }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("menuitemradio", { name: "Compact" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Country" }).click();
  await page.keyboard.press("Escape");
  await page.goto("/queue");
  await expect(table.getByRole("columnheader", { name: "Assigned to" })).toHaveCount(1);
  await expect(table.getByRole("columnheader", { name: "Country" })).toHaveCount(0);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Late ones" }).click();
  await expect(page).toHaveURL(/due=breached/);
  await expect(table.locator("tbody tr")).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Late ones" })).toBeVisible();

  // On a phone the rows are cards.
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/queue");
  await expect(page.getByRole("link", { name: "3 Open" })).toBeVisible();
  await expectAccessible(page);
  await expectFits(page);
});

test("a case is found, chosen, taken and decided with keys alone, and they can be turned off", async ({
  page,
  context,
}) => {
  const application = await newApplication();
  const [, , third] = await waiting(application, ["Ana Prado", "Bea Prado", "Caio Prado"]);
  await signIn(context, await newMember(application, "compliance_officer"));
  await page.goto("/queue");
  const rows = page.getByRole("table", { name: "Queue" }).locator("tbody tr");
  await expect(rows).toHaveCount(3);
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(dialog.getByText("Take the next case and open it")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press("j");
  await expect(rows.first().locator("[data-row-link]")).toBeFocused();
  await page.keyboard.press("a");
  await expect(rows.first()).toContainText("Me");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByText("1 row selected").first()).toBeVisible();
  await page.keyboard.press("d");
  await expect(dialog.getByText("1 of 1 will change.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(rows.nth(1).locator("[data-row-link]")).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows.first().locator("[data-row-link]")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/sessions/${third!.id}$`));

  await page.goto("/queue");
  await page.getByRole("button", { name: "Keyboard shortcuts", exact: true }).click();
  await dialog.getByRole("switch", { name: "Single keys act" }).click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.waitForTimeout(500);
  await expect(page).toHaveURL(/\/queue$/);
  await page.reload();
  await page.keyboard.press("?");
  await expect(dialog).toHaveCount(0);
});

test("two who take the next case in the same instant get different ones", async ({ browser }) => {
  const application = await newApplication();
  await waiting(application, ["Ana Prado", "Bea Prado", "Caio Prado"]);
  const pages = await Promise.all(
    (["owner", "compliance_officer"] as const).map(async (role) => {
      const context = await browser.newContext();
      await signIn(context, await newMember(application, role));
      const page = await context.newPage();
      await page.goto("/queue");
      await expect(page.getByRole("table", { name: "Queue" }).locator("tbody tr")).toHaveCount(3);
      return page;
    }),
  );
  await Promise.all(pages.map((page) => page.getByRole("button", { name: "Take next", exact: true }).click()));
  await Promise.all(pages.map((page) => page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/)));
  expect(new Set(pages.map((page) => page.url())).size).toBe(2);
  await Promise.all(pages.map((page) => page.context().close()));
});
