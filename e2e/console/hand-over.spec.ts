import { type Browser, expect, type Page, test } from "@playwright/test";
import { demo, expectAccessible, finishedSession, signIn } from "./arrange";

/** Issuer and receiver at two desks: each in a browser of its own. */
async function desks(browser: Browser): Promise<{ issuer: Page; receiver: Page; close(): Promise<void> }> {
  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(one, demo().issuer), signIn(two, demo().receiver)]);
  const [issuer, receiver] = await Promise.all([one.newPage(), two.newPage()]);
  return { issuer, receiver, close: async () => void (await Promise.all([one.close(), two.close()])) };
}

async function mint(page: Page, sessionId: string): Promise<string> {
  await page.goto(`/sessions/${sessionId}`);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Partner/ }).click();
  await page
    .getByRole("option", { name: new RegExp(demo().receiver.organisation) })
    .first()
    .click();
  await dialog.getByLabel("Lifetime", { exact: true }).fill("90m");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Mint token" }).click();
  const token = dialog.locator("[data-secret]");
  await expect(token).toHaveText(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  await expectAccessible(page);
  return token.innerText();
}

for (const kind of ["user", "business"] as const) {
  for (const trusted of [false, true]) {
    test(`a ${kind} session is minted by the issuer and redeemed by the receiver, ${trusted ? "trusted" : "for review"}`, async ({
      browser,
    }) => {
      const name = kind === "user" ? "Siobhán O’Neill Ångström" : "Ó Briain & Söhne 株式会社";
      const session = await finishedSession(demo().issuer, kind, name);
      const { issuer, receiver, close } = await desks(browser);
      const token = await mint(issuer, session.id);

      await receiver.goto("/imports/new");
      await receiver.getByLabel("Share token").fill(`  ${token}\n`);
      await expect(receiver.getByText("The token is in good order.", { exact: false })).toBeVisible();
      await expect(receiver.locator("main")).toContainText(demo().issuer.organisation);
      await receiver.getByRole("radio", { name: trusted ? "Trust the decision" : "Review it here" }).click();
      await expectAccessible(receiver);
      await receiver.getByRole("button", { name: "Import session" }).click();
      await expect(receiver).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
      await expect(receiver.getByRole("heading", { level: 1 })).toContainText(name);
      await expect(
        receiver
          .locator("main")
          .getByText(trusted ? "Approved" : "In review", { exact: true })
          .first(),
      ).toBeVisible();
      await expect(receiver.locator("main")).toContainText(session.id);
      await expectAccessible(receiver);

      // The token is spent: pasted again, it says so and leads to what is here.
      const here = receiver.url();
      await receiver.goto("/imports/new");
      await receiver.getByLabel("Share token").fill(token);
      await expect(receiver.getByText("This verification is already here")).toBeVisible();
      await receiver.getByRole("link", { name: "Open the session you have" }).click();
      await expect(receiver).toHaveURL(here);

      if (kind === "business") {
        // The key person's verification came along and knows its company.
        await receiver
          .locator("main")
          .getByRole("link", { name: /KYC session|#\d+/ })
          .first()
          .click();
        await expect(receiver.getByRole("heading", { level: 1 })).toContainText("Ines Prado");
      }
      if (!trusted && kind === "user") {
        await receiver.getByRole("button", { name: "Approve", exact: true }).click();
        const dialog = receiver.getByRole("dialog");
        await dialog.getByRole("combobox", { name: "Reason" }).click();
        await receiver.getByRole("option", { name: "All checks passed" }).click();
        await dialog.getByLabel("Comment").fill("Matches what we hold.");
        await expectAccessible(receiver);
        await dialog.getByRole("button", { name: "Approve", exact: true }).click();
        await expect(dialog).toBeHidden();
        await expect(receiver.locator("main").getByText("Approved", { exact: true }).first()).toBeVisible();
        await expect(receiver.locator("main")).toContainText("Matches what we hold.");
      }
      await close();
    });
  }
}
