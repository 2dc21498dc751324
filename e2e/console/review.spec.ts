import { expect, type Page, test } from "@playwright/test";
import { newApplication, newMember, newPerson } from "@/domain/testing";
import { demo, expectAccessible, finishedSession, signIn } from "./arrange";

test("a reviewer who looked at an older state is refused, and loses nothing that was typed", async ({ browser }) => {
  const session = await finishedSession(demo().issuer, "user", "Marta Lindqvist");
  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(one, demo().issuer), signIn(two, demo().issuer)]);
  const [first, second] = await Promise.all([one.newPage(), two.newPage()]);
  await Promise.all([first.goto(`/sessions/${session.id}`), second.goto(`/sessions/${session.id}`)]);

  const decide = async (page: Page, comment: string) => {
    await page.getByRole("button", { name: "Decline", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Reason" }).click();
    await page.getByRole("option", { name: "Suspected fraud" }).click();
    await dialog.getByLabel("Comment").fill(comment);
    await dialog.getByRole("button", { name: "Decline", exact: true }).click();
    return dialog;
  };
  await expect(await decide(first, "The first.")).toBeHidden();
  const dialog = await decide(second, "The second, with a long thought.");
  await expect(dialog.getByText("Somebody else changed this session meanwhile")).toBeVisible();
  await expect(dialog.getByText(/decided it,/)).toBeVisible();
  await expect(dialog.getByLabel("Comment")).toHaveValue("The second, with a long thought.");
  await Promise.all([one.close(), two.close()]);
});

test("a clean case takes two keys, and Ctrl+Z takes the decision back before anybody is told", async ({ browser }) => {
  const application = await newApplication();
  const session = await newPerson(application, { status: "In Review" });
  const context = await browser.newContext();
  await signIn(context, await newMember(application, "compliance_officer"));
  const page = await context.newPage();
  await page.goto(`/sessions/${session.id}`);
  const status = page
    .getByRole("banner")
    .or(page.locator("main header"))
    .getByText(/^(In review|Approved)$/);
  await expect(status).toHaveText("In review");

  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  // A key that is pressed before the page is live goes nowhere.
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(help).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(help.getByText("Approve", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await help.getByRole("switch", { name: "Single keys act" }).click();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("a");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
  await help.getByRole("switch", { name: "Single keys act" }).click();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();

  await page.keyboard.press("a");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Approve", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(status).toHaveText("Approved");
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Control+z");
  await expect(status).toHaveText("In review");
  await expect(page.getByText("Taken back. The session stands as it did before.")).toBeVisible();
  await expect(page.locator("#history")).toContainText("Taken back:");
  await context.close();
});
