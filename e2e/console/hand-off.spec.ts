import { expect, test } from "@playwright/test";
import { call, demo, expectAccessible, finishedSession } from "./arrange";
import { newDesk } from "./desk";

test("a token goes by the inbox and is imported from there, without being shown to anybody", async ({ browser }) => {
  const [one, two] = [await newDesk(browser), await newDesk(browser)];
  const [issuer, receiver] = [one.page, two.page];
  await receiver.goto("/imports/inbox");
  await expect(receiver.getByText("The inbox is empty")).toBeVisible();
  await expectAccessible(receiver);

  const session = await finishedSession(one.side, "user", "Leocadia Barrientos Sáez");
  await issuer.goto(`/sessions/${session.id}`);
  await issuer.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = issuer.getByRole("dialog");
  await dialog.getByText("By id", { exact: true }).click();
  await dialog.getByLabel("Application id or client id").fill(two.side.application_id);
  await dialog.getByRole("button", { name: "Look up" }).click();
  await dialog.getByRole("radio", { name: "To the partner’s inbox" }).click();
  await expectAccessible(issuer);
  await dialog.getByRole("button", { name: "Mint token" }).click();
  await expect(dialog.getByText("In the partner’s inbox")).toBeVisible();
  await expect(dialog.locator("[data-secret]")).toHaveCount(0);
  await expectAccessible(issuer);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();

  const row = receiver.getByRole("row").filter({ hasText: "Waiting" });
  await expect(async () => {
    await receiver.reload();
    await expect(row).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(receiver.getByRole("link", { name: /^Inbox/ })).toContainText("1");
  await expectAccessible(receiver);
  await receiver.getByRole("link", { name: /^Preview and import/ }).click();
  await expect(receiver).toHaveURL(/\/imports\/new\?inbox=[0-9a-f-]{36}$/);
  await expect(receiver.getByRole("heading", { name: "What would arrive" })).toBeVisible();
  await expectAccessible(receiver);
  await receiver.getByRole("button", { name: "Import session" }).click();
  await expect(receiver).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  await expect(receiver.getByRole("heading", { level: 1 })).toContainText("Leocadia Barrientos Sáez");

  await receiver.goto("/imports/inbox");
  await expect(receiver.getByRole("row").filter({ hasText: "Redeemed" })).toBeVisible();
  await expect(row).toHaveCount(0);
  await Promise.all([one.context.close(), two.context.close()]);
});

test("what was taken over elsewhere is acknowledged, and an address that names it again opens nothing", async ({
  browser,
}) => {
  const { side: receiver, page, context } = await newDesk(browser);
  const { issuer } = demo();
  const session = await finishedSession(issuer, "user", "Nicanor Ugarte Villa");
  await call(issuer, "POST", `/v3/session/${session.id}/share/`, {
    for_application_id: receiver.application_id,
    hand_off: "inbox",
  });
  const open = page.getByRole("link", { name: /^Preview and import/ });
  await expect(async () => {
    await page.goto("/imports/inbox");
    await expect(open).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  const href = await open.getAttribute("href");
  await page.getByRole("button", { name: /^Acknowledge the token from/ }).click();
  const asked = page.getByRole("alertdialog");
  await expectAccessible(page);
  await asked.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByRole("row").filter({ hasText: "Taken over" })).toBeVisible();
  await expect(open).toHaveCount(0);
  await page.goto(href!);
  await expect(page.getByText("It does not wait there any more", { exact: false })).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

test("a session is asked for by the partner's reference, approved, and found in the inbox", async ({ browser }) => {
  const [one, two] = [await newDesk(browser), await newDesk(browser)];
  const [issuer, receiver] = [one.page, two.page];
  // They share already, so that the one may ask the other.
  const earlier = await finishedSession(one.side, "user", "Amparo Lizarraga Díez");
  await call(one.side, "POST", `/v3/session/${earlier.id}/share/`, { for_application_id: two.side.application_id });
  const wanted = await finishedSession(one.side, "user", "Evaristo Camino Rey");

  await expect(async () => {
    await receiver.goto("/requests/sessions");
    await expect(receiver.getByRole("button", { name: "Ask for a session" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(receiver);
  await receiver.getByRole("button", { name: "Ask for a session" }).click();
  const dialog = receiver.getByRole("dialog");
  await dialog.getByRole("button", { name: "Send request" }).click();
  await expect(dialog.getByText("Choose whom you ask.")).toBeVisible();
  await expectAccessible(receiver);
  await dialog.getByRole("combobox", { name: "Partner" }).click();
  await receiver.getByRole("option").first().click();
  await dialog.getByRole("radio", { name: "Session id" }).click();
  await dialog.getByLabel("Your partner’s reference").fill(wanted.id);
  await dialog.getByRole("checkbox", { name: "ID document" }).click();
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await receiver.getByRole("option", { name: "Onboarding" }).click();
  await dialog.getByRole("button", { name: "Send request" }).click();
  await expect(dialog).toBeHidden();
  await expect(receiver.getByRole("row").filter({ hasText: "Open" })).toBeVisible();

  const open = issuer.getByRole("button", { name: `Answer the request for ${wanted.id}` });
  await expect(async () => {
    await issuer.goto("/requests/sessions?direction=received&state=open");
    await expect(open).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(issuer);
  await open.click();
  const answer = issuer.getByRole("dialog");
  await expect(answer.getByRole("combobox", { name: "Session to share" })).toContainText("Evaristo Camino Rey");
  await expectAccessible(issuer);
  await answer.getByRole("button", { name: "Approve and share" }).click();
  await expect(answer).toBeHidden();

  await expect(async () => {
    await receiver.goto("/requests/sessions?state=approved");
    await expect(receiver.getByRole("row").filter({ hasText: "Approved" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await receiver.getByRole("table").getByRole("link", { name: "Inbox" }).click();
  await expect(receiver).toHaveURL(/\/imports\/inbox$/);
  await receiver.getByRole("link", { name: /^Preview and import/ }).click();
  await receiver.getByRole("button", { name: "Import session" }).click();
  await expect(receiver.getByRole("heading", { level: 1 })).toContainText("Evaristo Camino Rey");
  await Promise.all([one.context.close(), two.context.close()]);
});
