import { expect, type Page, test } from "@playwright/test";
import { demo, finishedSession, signIn } from "./arrange";

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
  await expect(dialog.getByLabel("Comment")).toHaveValue("The second, with a long thought.");
  await Promise.all([one.close(), two.close()]);
});
