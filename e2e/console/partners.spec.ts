import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { newAccount, PASSWORD } from "../accounts";
import { demo, expectAccessible, finishedSession, mintedToken, type Side, signIn } from "./arrange";

/** A receiver of its own, signed in, with the demo's issuer for a partner. */
async function newReceiver(context: BrowserContext): Promise<Side> {
  const account = await newAccount(context.request);
  await signIn(context, { email: account.email, password: PASSWORD });
  return {
    organisation: account.organisation.name,
    application_id: account.application.uuid,
    client_id: account.application.client_id,
    api_key: account.application.api_key,
    email: account.email,
    password: PASSWORD,
    workflows: { user: "", business: "" },
  };
}

async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
}

async function redeem(page: Page, token: string, trusted: boolean): Promise<void> {
  await page.goto("/imports/new");
  await page.getByLabel("Share token").fill(token);
  await page.getByRole("radio", { name: trusted ? "Trust the decision" : "Review it here" }).click();
  await page.getByRole("button", { name: "Import session" }).click();
}

test("a policy is written, tried on past imports, saved, and then narrows what is imported", async ({ page, context }) => {
  const { issuer } = demo();
  const receiver = await newReceiver(context);
  const share = async (name: string) =>
    mintedToken(issuer, (await finishedSession(issuer, "user", name)).id, receiver);
  await redeem(page, await share("Mira Vela"), true);
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);

  await page.goto("/partners");
  await page.getByRole("link", { name: issuer.organisation }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(issuer.organisation);
  await expect(page.getByText("Nothing is asked beyond the trust setting.")).toBeVisible();
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("menuitem", { name: "Liveness score" }).click();
  const liveness = page.getByRole("group", { name: "Liveness score" });
  await liveness.getByLabel("Score at least").fill("200");
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(liveness.getByText("Give a score from 0 to 100.")).toBeVisible();
  await liveness.getByLabel("Score at least").fill("99");
  await page.getByRole("button", { name: "Add a rule" }).click();
  await page.getByRole("menuitem", { name: "Only these countries" }).click();
  const countries = page.getByRole("group", { name: "Only these countries" });
  await countries.getByRole("button", { name: /^Accepted countries/ }).click();
  await page.getByPlaceholder("Search").fill("Spain");
  await page.getByRole("option", { name: "Spain" }).click();
  await page.keyboard.press("Escape");
  await countries.getByRole("radio", { name: "Refuse" }).click();
  await page.getByRole("button", { name: "Try it on past imports" }).click();
  await expect(
    page.getByText("Of 1 import: none would pass, 1 would go to review, none would be refused."),
  ).toBeVisible();
  await expect(page.getByText("Liveness score too low: 1")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("Version 1 of the policy is in effect")).toBeVisible();

  await redeem(page, await share("Jon Okafor"), true);
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  const origin = page.locator("#origin");
  await expect(origin).toContainText("Your policy for this partner did not let it pass.");
  await expect(origin).toContainText("The liveness score is 97.4; the policy asks for 99.");
  await expectAccessibleInBothThemes(page);

  // Portugal instead of Spain: the next one is refused, with the reason, and its token stays good.
  await page.goto(`/partners/${issuer.application_id}`);
  await countries.getByRole("button", { name: /^Accepted countries/ }).click();
  for (const name of ["Portugal", "Spain"]) {
    await page.getByPlaceholder("Search").fill(name);
    await page.getByRole("option", { name }).click();
  }
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("Version 2 of the policy is in effect")).toBeVisible();
  await page.getByText("Earlier versions").click();
  await expect(page.getByText("Only from Spain")).toBeVisible();
  const token = await share("Ana Lima");
  await redeem(page, token, true);
  await expect(page.getByText("The policy does not accept the country: Spain.")).toBeVisible();
  await expectAccessibleInBothThemes(page);
  await page.goto(`/partners/${issuer.application_id}`);
  await page.getByRole("button", { name: "Remove rule: Only these countries" }).click();
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("Version 3 of the policy is in effect")).toBeVisible();
  await redeem(page, token, false);
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
});
