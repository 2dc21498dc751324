import { expect, type Page, test } from "@playwright/test";
import { newApplication, newMember, newPerson } from "@/domain/testing";
import { demo, expectAccessible, expectFits, finishedSession, signIn } from "./arrange";

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
  await page.keyboard.press("Control+z");
  await expect(status).toHaveText("In review");
  await expect(page.getByText("Taken back. The session stands as it did before.")).toBeVisible();
  await expect(page.locator("#history")).toContainText("Taken back:");
  await expectAccessible(page);

  // Again, to look at the notice itself: that may take longer than it can be undone.
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

test("an admin gives the reasons that decisions choose from, and history keeps those that are gone", async ({
  browser,
}) => {
  const application = await newApplication();
  const session = await newPerson(application, { status: "In Review" });
  const context = await browser.newContext();
  await signIn(context, await newMember(application, "admin"));
  const page = await context.newPage();
  const setOwn = async (text: string) => {
    await page.goto("/settings");
    await page.getByRole("radio", { name: "Decline" }).click();
    const form = page.getByRole("form", { name: "Reasons for decisions" });
    await form.getByRole("textbox", { name: "Your own" }).fill(text);
    await form.getByRole("button", { name: "Save changes" }).click();
    return form;
  };
  const refused = await setOwn("Wrong product\nwrong PRODUCT");
  await expect(refused.getByText("One of your reasons is there twice.")).toBeVisible();
  await expectAccessible(page);
  await refused.getByRole("checkbox", { name: "Suspected fraud" }).click();
  await refused.getByRole("textbox", { name: "Your own" }).fill("Wrong product");
  await refused.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: false }).first()).toBeVisible();

  await page.goto(`/sessions/${session.id}`);
  await page.getByRole("button", { name: "Decline", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await expect(page.getByRole("option", { name: "Suspected fraud" })).toHaveCount(0);
  await page.getByRole("option", { name: "Wrong product" }).click();
  await dialog.getByRole("button", { name: "Decline", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.locator("#history")).toContainText("Wrong product");
  await setOwn("");
  await page.goto(`/sessions/${session.id}`);
  await expect(page.locator("#history")).toContainText("Wrong product");
  await context.close();
});

test("where two people decide, one proposes and another confirms, by what both of them see", async ({ browser }) => {
  const application = await newApplication();
  const session = await newPerson(application, { status: "In Review" });
  const [admin, officer] = await Promise.all([
    newMember(application, "admin"),
    newMember(application, "compliance_officer"),
  ]);
  const desk = async (who: { email: string; password: string }) => {
    const context = await browser.newContext();
    await signIn(context, who);
    return context.newPage();
  };
  const [one, other] = [await desk(admin), await desk(officer)];
  await one.goto(`/settings/workflows/${application.workflows.user}`);
  const twoDecide = one.getByRole("switch", { name: "Two people decide" });
  await twoDecide.click();
  await expect(one.getByText("From now on two people decide.")).toBeVisible();
  await expectAccessible(one);
  await other.goto(`/settings/workflows/${application.workflows.user}`);
  await expect(other.getByRole("switch", { name: "Two people decide" })).toBeDisabled();

  await one.goto(`/sessions/${session.id}`);
  await one.getByRole("button", { name: "Decline", exact: true }).click();
  const dialog = one.getByRole("dialog");
  await expect(dialog.getByText("Another member has to confirm this before it counts.")).toBeVisible();
  await dialog.getByRole("combobox", { name: "Reason" }).click();
  await one.getByRole("option", { name: "Suspected fraud" }).click();
  await dialog.getByLabel("Comment").fill("The portraits differ.");
  await dialog.getByRole("button", { name: "Propose" }).click();
  await expect(dialog).toBeHidden();
  await expect(one.getByText("You proposed it: another member has to confirm it.")).toBeVisible();
  await expect(one.getByRole("button", { name: "Confirm" })).toHaveCount(0);
  await expect(one.getByRole("button", { name: "Decline", exact: true })).toHaveCount(0);
  await expectAccessible(one);

  await other.goto(`/sessions/${session.id}`);
  await expect(other.getByText("This decision waits for a second member")).toBeVisible();
  await expect(other.getByText("The portraits differ.")).toBeVisible();
  await expectAccessible(other);
  await other.setViewportSize({ width: 390, height: 800 });
  await expectFits(other);
  await other.setViewportSize({ width: 1280, height: 800 });
  await other.getByRole("button", { name: "Refuse" }).click();
  await expect(other.getByText("Refused. The session stays as it is.")).toBeVisible();

  await other.getByRole("button", { name: "Approve", exact: true }).click();
  await other.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await expect(other.getByText("You proposed it: another member has to confirm it.")).toBeVisible();
  await one.reload();
  await one.getByRole("button", { name: "Confirm" }).click();
  await expect(one.locator("main header").getByText("Approved", { exact: true })).toBeVisible();
  await expect(one.locator("#history")).toContainText(`proposed by ${officer.email}`);
  await Promise.all([one.context().close(), other.context().close()]);
});
