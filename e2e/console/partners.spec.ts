import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { directory } from "@/db/client";
import { organisations } from "@/db/schema";
import { newMember, type TestApplication } from "@/domain/testing";
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

async function redeem(page: Page, token: string, trusted: boolean): Promise<void> {
  await page.goto("/imports/new");
  await page.getByLabel("Share token").fill(token);
  await page.getByRole("radio", { name: trusted ? "Trust the decision" : "Review it here" }).click();
  await page.getByRole("button", { name: "Import session" }).click();
}

test("a policy is written, tried on past imports, saved, and then narrows what is imported", async ({
  page,
  context,
}) => {
  const { issuer } = demo();
  const receiver = await newReceiver(context);
  const share = async (name: string) => mintedToken(issuer, (await finishedSession(issuer, "user", name)).id, receiver);
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
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("Version 1 of the policy is in effect")).toBeVisible();

  await redeem(page, await share("Jon Okafor"), true);
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  const origin = page.locator("#origin");
  await expect(origin).toContainText("Your policy for this partner did not let it pass.");
  await expect(origin).toContainText("The liveness score is 97.4; the policy asks for 99.");
  await expectAccessible(page);

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
  await expectAccessible(page);
  await page.goto(`/partners/${issuer.application_id}`);
  await page.getByRole("button", { name: "Remove rule: Only these countries" }).click();
  await page.getByRole("button", { name: "Save policy" }).click();
  await expect(page.getByText("Version 3 of the policy is in effect")).toBeVisible();
  await redeem(page, token, false);
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
});

test("trust is asked for by one member and confirmed by another, and switched off by one", async ({
  page,
  context,
  browser,
}) => {
  const { issuer } = demo();
  const receiver = await newReceiver(context);
  const share = async (name: string) => mintedToken(issuer, (await finishedSession(issuer, "user", name)).id, receiver);
  await redeem(page, await share("Mira Vela"), false);
  await expect(page).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);

  // Alone, one is told what to do.
  const address = `/partners/${issuer.application_id}`;
  await page.goto(address);
  const label = `Trust the decisions of ${issuer.organisation}`;
  await page.getByRole("switch", { name: label }).click();
  await expect(page.getByRole("alertdialog").getByText("Nobody else here may confirm it")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();

  const organisation = await directory()
    .select({ id: organisations.id })
    .from(organisations)
    .where(eq(organisations.name, receiver.organisation));
  const second = await newMember({ organisationId: organisation[0]!.id } as TestApplication, "compliance_officer");
  await page.reload();
  await page.getByRole("switch", { name: label }).click();
  await page.getByRole("button", { name: "Ask a second member" }).click();
  await expect(page.getByText("You asked for it, so somebody else has to confirm it.", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Confirm trust" })).toBeHidden();
  await expectAccessible(page);

  const desk = await browser.newContext();
  await signIn(desk, second);
  const theirs = await desk.newPage();
  await theirs.goto("/partners");
  await expect(theirs.getByText("Waiting for a second person")).toBeVisible();
  await theirs.goto(address);
  await theirs.getByRole("button", { name: "Confirm trust" }).click();
  await expect(theirs.getByText("Trust switched on, version 1")).toBeVisible();
  await expect(theirs.getByText(`asked for by ${receiver.email}, confirmed by ${second.email}`)).toBeVisible();
  await expectAccessible(theirs);

  // The form starts where the setting says.
  await theirs.goto("/imports/new");
  await theirs.getByLabel("Share token").fill(await share("Jon Okafor"));
  await expect(theirs.getByRole("radio", { name: "Trust the decision" })).toBeChecked();
  await theirs.goto(address);
  await theirs.getByRole("switch", { name: label }).click();
  await theirs.getByRole("button", { name: "Review by default" }).click();
  await expect(theirs.getByText("Trust switched off, version 2")).toBeVisible();

  // An officer sees the rule; the owner turns it off.
  await theirs.goto("/settings/organization");
  await expect(theirs.getByText("Only an owner can change this.")).toBeVisible();
  await desk.close();
  await page.goto("/settings/organization");
  await page.getByRole("switch", { name: "Four eyes on trust" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Turn the rule off" }).click();
  await expect(page.getByText("One member alone can switch trust in a partner on.")).toBeVisible();
  await page.goto(address);
  await page.getByRole("switch", { name: label }).click();
  await page.getByRole("button", { name: "Trust by default" }).click();
  await expect(page.getByText("Trust switched on, version 3")).toBeVisible();
});

test("two pair by invitation, one pauses and resumes, and a link pairs the other way", async ({
  page,
  context,
  browser,
}) => {
  const us = await newReceiver(context);
  const desk = await browser.newContext();
  const them = await newReceiver(desk);
  const theirs = await desk.newPage();

  await page.goto("/partners");
  await page.getByRole("button", { name: "Invite partner" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Application id or client id").fill(them.client_id);
  await dialog.getByRole("button", { name: "Look up" }).click();
  await expect(dialog.getByText(them.organisation, { exact: true })).toBeVisible();
  await expect(dialog.getByRole("radio", { name: "They share with us" })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Invite partner" }).click();
  await expect(page.getByText("Invited", { exact: true }).first()).toBeVisible();

  await theirs.goto("/partners");
  await expect(theirs.getByText("They would like to receive verifications from this application.")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole("button", { name: "Accept" }).click();
  await expect(theirs.getByText(`You and ${us.organisation} are partners`)).toBeVisible();

  const address = `/partners/${them.application_id}`;
  await page.goto(address);
  const relation = page.getByRole("region", { name: "They share with us" });
  await expect(relation.getByText("Active", { exact: true })).toBeVisible();
  await relation.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Pause" }).click();
  await expect(relation.getByText("Paused", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await theirs.goto(`/partners/${us.application_id}`);
  await expect(theirs.getByText("They paused it", { exact: false })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Resume" })).toBeHidden();
  const session = await finishedSession(them, "user", "Mira Vela");
  await theirs.goto(`/sessions/${session.id}`);
  await theirs.getByRole("button", { name: "Share", exact: true }).click();
  await theirs
    .getByRole("dialog")
    .getByRole("button", { name: /^Partner/ })
    .click();
  await theirs
    .getByRole("option", { name: new RegExp(us.organisation) })
    .first()
    .click();
  await theirs.getByRole("dialog").getByRole("button", { name: "Mint token" }).click();
  await expect(theirs.getByText("Sharing with this partner is paused.", { exact: false })).toBeVisible();
  await relation.getByRole("button", { name: "Resume" }).click();
  await expect(relation.getByText("Active", { exact: true })).toBeVisible();

  await page.goto("/partners");
  await page.getByRole("button", { name: "Invite by link" }).first().click();
  await page.getByRole("radio", { name: "We share with them" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
  const url = new URL(await page.getByRole("dialog").locator("[data-secret]").innerText());
  await expectAccessible(page);
  await theirs.goto(`${url.pathname}${url.hash}`);
  await expect(theirs.getByText("They will share verifications with this application.")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole("button", { name: "Accept and pair" }).click();
  await expect(theirs).toHaveURL(new RegExp(`/partners/${us.application_id}$`));
  await expect(
    theirs.getByRole("region", { name: "They share with us" }).getByText("Active", { exact: true }),
  ).toBeVisible();
  await expect(theirs.getByText("Paired by a link")).toBeVisible();
  await expectAccessible(theirs);
  await desk.close();
});
