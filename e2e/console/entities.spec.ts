import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { call, demo, expectAccessible, finishedSession, type Side, signIn } from "./arrange";

/** Signs that a name may hold and a careless page breaks on. */
const NAME = "أميرة O'Brien <b>王小明</b>";

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** A session that a sandbox finishes by itself, as its workflow decides: approved, unless a list says otherwise. */
async function finishing(side: Side, vendorData: string): Promise<{ session_id: string; status: string }> {
  const { session_id } = await call<{ session_id: string }>(side, "POST", "/v3/session/", {
    workflow_id: side.workflows.user,
    vendor_data: vendorData,
  });
  const { status } = await call<{ status: string }>(side, "POST", `/v3/session/${session_id}/sandbox/complete/`, {
    status: "Approved",
  });
  return { session_id, status };
}

async function changeStatus(page: Page, to: "Active" | "Flagged" | "Blocked", confirm: string, reason?: string) {
  await page.getByRole("button", { name: "Change status" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: to }).check();
  if (reason) await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: confirm, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("a user is added, blocked, met by the next session that finishes, and let go", async ({ page, context }) => {
  test.slow();
  const { issuer } = demo();
  // An id that no address may hold.
  const vendorData = `e2e-${randomUUID()}@mail.example`;
  await signIn(context, issuer);
  await page.goto("/sessions");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Users" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();

  await page.getByRole("button", { name: "Add user" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "Add user" }).click();
  await expect(form.getByText("Vendor data: enter 1 to 255 characters.")).toBeVisible();
  await expect(form.getByLabel("Vendor data")).toBeFocused();
  await form.getByLabel("Vendor data").fill(vendorData);
  await form.getByLabel("Full name").fill(NAME);
  await form.getByLabel("Metadata").fill("[1]");
  await form.getByLabel("Approved e-mail addresses").fill("a@mail.example\nb");
  await form.getByRole("button", { name: "Add user" }).click();
  await expect(form.getByText(/^Metadata: enter a JSON object/)).toBeVisible();
  await expect(form.getByText(/^E-mail addresses: at most 50/)).toBeVisible();
  await form.getByLabel("Metadata").fill('{"plan": "gold"}');
  await form.getByLabel("Approved e-mail addresses").fill("a@mail.example");
  await form.getByRole("button", { name: "Add user" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(NAME);
  await expect(page).toHaveURL(new RegExp(`/users/${UUID.source}$`));
  expect(await page.title()).not.toContain("O'Brien");
  await expect(page.getByText("No sessions yet")).toBeVisible();
  const address = page.url();

  await changeStatus(page, "Blocked", "Block", "Chargebacks in three shops");
  await expect(page.getByRole("main").locator("header [data-status]")).toHaveAttribute("data-status", "BLOCKED");
  await expect(page.getByRole("main").getByText("Chargebacks in three shops")).toBeVisible();
  expect((await finishing(issuer, vendorData)).status).toBe("Declined");

  await page.reload();
  const sessions = page.getByRole("table", { name: "Sessions" });
  await expect(sessions.getByText("Declined")).toBeVisible();
  await sessions.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/sessions\//);
  await page.getByRole("link", { name: vendorData }).click();
  await expect(page).toHaveURL(address);

  // The system blocklist says the same, and taking the entry off makes the user active again.
  await page.goto("/lists?holds=user");
  await page.getByRole("link", { name: "Blocked users" }).click();
  await page.getByRole("searchbox", { name: "Search entries" }).fill(vendorData);
  const row = page.getByRole("row", { name: new RegExp(vendorData) });
  await expect(row.getByText("Chargebacks in three shops")).toBeVisible();
  await row.getByRole("button", { name: /^Remove/ }).click();
  await expect(page.getByRole("alertdialog").getByText("the user is active again")).toBeVisible();
  await page.getByRole("alertdialog").getByRole("button", { name: "Take off" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(row).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole("main").locator("header [data-status]")).toHaveAttribute("data-status", "ACTIVE");
  expect((await finishing(issuer, vendorData)).status).toBe("Approved");

  // The trail's entries about the user lead here.
  await page.getByRole("link", { name: "Audit trail" }).click();
  await page
    .getByRole("link", { name: /^Person/ })
    .first()
    .click();
  await expect(page).toHaveURL(address);
});

test("a user is found by name, and the address says nothing of it", async ({ page, context }) => {
  const { issuer } = demo();
  const tag = `Zq${randomUUID().replace(/[^a-f]/g, "")}`;
  await finishedSession(issuer, "user", `Mira ${tag}`);
  await signIn(context, issuer);
  await page.goto("/users");
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  await page.getByRole("searchbox", { name: "Search" }).fill(tag);
  const table = page.getByRole("table", { name: "Users" });
  await expect(table.getByRole("link", { name: `Mira ${tag}` })).toBeVisible();
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("option", { name: "Flagged" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByText("No user matches")).toBeVisible();
  await expect(page).toHaveURL(/status=FLAGGED/);
  await page.goBack();
  await page.reload();
  await expect(table.getByRole("link", { name: `Mira ${tag}` })).toBeVisible();
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue(tag);
  for (const url of [page.url(), ...requests]) expect(url).not.toContain(tag);
  await page.getByRole("button", { name: "Clear all" }).click();
  await expect(page.getByRole("searchbox", { name: "Search" })).toHaveValue("");
});

test("a business is edited field by field and deleted; its sessions stay", async ({ page, context }) => {
  const { issuer } = demo();
  const session = await finishedSession(issuer, "business", "Öltanker & Söhne “Übersee” S.L.");
  await signIn(context, issuer);
  await page.goto(`/sessions/${session.id}`);
  await page.locator("#summary").getByRole("link", { name: /^e2e-/ }).click();
  await expect(page).toHaveURL(/\/businesses\//);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(session.name);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Display name").fill("Übersee");
  await form.getByLabel("Tags").fill("vip, watched");
  await form.getByRole("button", { name: "Country" }).click();
  await page.getByRole("option", { name: "Portugal" }).click();
  await form.getByRole("button", { name: "Save changes" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Übersee");
  await expect(page.getByText("Changed: Display name, Tags, Country")).toBeVisible();
  await expect(page.getByText("Portugal").first()).toBeVisible();
  const address = page.url();

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete business" }).click();
  await expect(page).toHaveURL(/\/businesses$/);
  await page.goto(address);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await page.goto(`/sessions/${session.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(session.name);
});

test("another application's user is not there, on a page or over what the page reads", async ({ page, context }) => {
  const { issuer, stranger } = demo();
  const { results } = await call<{ results: { didit_internal_id: string }[] }>(issuer, "GET", "/v3/users/?limit=1");
  const id = results[0]!.didit_internal_id;
  await signIn(context, stranger);
  for (const path of [`/users/${id}`, `/users/${randomUUID()}`, `/businesses/${id}`, "/users/nothing"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  const read = (entity: string) => page.request.get(`/api/console/entities/user/${entity}/sessions`);
  const [theirs, none] = await Promise.all([read(id), read(randomUUID())]);
  expect([theirs.status(), await theirs.text()]).toEqual([none.status(), await none.text()]);
  expect(theirs.status()).toBe(404);
});

test("users and businesses are accessible", async ({ browser }) => {
  test.slow();
  const { issuer } = demo();
  const context = await browser.newContext();
  await signIn(context, issuer);
  const page = await context.newPage();
  const [users, businesses] = await Promise.all(
    ["users", "businesses"].map((kind) =>
      call<{ results: { didit_internal_id: string }[] }>(issuer, "GET", `/v3/${kind}/?limit=1`),
    ),
  );
  for (const path of [
    "/users",
    `/users/${users!.results[0]!.didit_internal_id}`,
    "/businesses",
    `/businesses/${businesses!.results[0]!.didit_internal_id}`,
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Change status" }).click();
  await expectAccessible(page);
  await context.close();
});
