import { type Browser, expect, type Page, test } from "@playwright/test";
import { newMember, newPair, newPerson, relate, type TestApplication } from "@/domain/testing";
import { expectAccessible, expectFits, signIn } from "./arrange";

async function desk(browser: Browser, application: TestApplication): Promise<Page> {
  const context = await browser.newContext();
  await signIn(context, await newMember(application, "owner"));
  return context.newPage();
}

async function openMint(page: Page, sessionId: string, receiver: TestApplication) {
  await page.goto(`/sessions/${sessionId}`);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Partner/ }).click();
  await page
    .getByRole("option", { name: new RegExp(receiver.name) })
    .first()
    .click();
  return dialog;
}

async function sign(page: Page, partner: TestApplication): Promise<void> {
  await page.goto(`/partners/${partner.id}`);
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("region", { name: "Text of the agreement" })).toContainText("1. Parties");
  await dialog.getByRole("button", { name: "Sign agreement" }).click();
  await expect(dialog.getByText("Type your name.")).toBeVisible();
  await dialog.getByRole("checkbox", { name: /^I have read this text/ }).click();
  await dialog.getByLabel("Your name").fill("Somebody Else");
  await dialog.getByRole("button", { name: "Sign agreement" }).click();
  await expect(dialog.getByText("This is not the name of your account: Test Member")).toBeVisible();
  await dialog.getByLabel("Your name").fill("Test Member");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Sign agreement" }).click();
  await expect(dialog).toBeHidden();
}

test("two people of two companies sign an agreement; without one nothing is shared, with one as far as it goes", async ({
  browser,
}) => {
  const { issuer, receiver } = await newPair();
  await relate(issuer, receiver);
  const { id: sessionId } = await newPerson(issuer);
  const [one, other] = [await desk(browser, issuer), await desk(browser, receiver)];

  await one.goto("/settings");
  await one.getByRole("switch", { name: "Agreement required" }).click();
  await one.getByRole("alertdialog").getByRole("button", { name: "Require" }).click();
  await expect(one.getByRole("switch", { name: "Agreement required" })).toBeChecked();

  const refused = await openMint(one, sessionId, receiver);
  await expect(refused.getByText(/No agreement with this partner is in force/)).toBeVisible();
  await expect(refused.getByRole("button", { name: "Mint token" })).toBeDisabled();

  await one.goto(`/partners/${receiver.id}`);
  await expect(one.getByText("This application shares nothing without one.", { exact: false })).toBeVisible();
  await one.getByRole("button", { name: "Propose an agreement" }).click();
  const form = one.getByRole("dialog");
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(form.getByText(/^Say for what/)).toBeVisible();
  await form.getByLabel("Purposes").fill("Opening an account");
  await form.getByRole("checkbox", { name: "Pictures, videos and files may be shared" }).click();
  await form.getByRole("checkbox", { name: "AML screening" }).click();
  await form.getByLabel("A token lives at most").fill("30m");
  await expectAccessible(one);
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(form).toBeHidden();
  await expect(one.getByRole("article", { name: "Version 1" }).getByText("To be signed")).toBeVisible();

  await sign(other, issuer);
  await expect(other.getByRole("article", { name: "Version 1" })).toContainText("Test Member, Owner");
  await sign(one, receiver);
  const agreed = one.getByRole("article", { name: "Version 1" });
  await expect(agreed.getByText("In force", { exact: true })).toBeVisible();
  await expectAccessible(one);

  await agreed.getByRole("link", { name: "Read and print the text" }).click();
  await expect(one.getByText(/AGREEMENT ON SHARING FINISHED VERIFICATIONS/)).toBeVisible();
  await expectAccessible(one);
  await one.emulateMedia({ media: "print" });
  await expect(one.getByRole("navigation")).toHaveCount(0);
  await expect(one.getByRole("banner")).toHaveCount(0);
  await one.emulateMedia({ media: "screen" });

  const dialog = await openMint(one, sessionId, receiver);
  const lifetime = dialog.getByRole("textbox", { name: "Lifetime" });
  await expect(lifetime).toHaveValue("30m");
  await lifetime.fill("31m");
  await expect(dialog.getByText("The agreement allows at most 30 minutes.")).toBeVisible();
  await lifetime.fill("30m");
  await dialog.getByText("Blocks and media").click();
  for (const name of ["AML screening", "Images, videos and files"]) {
    await expect(dialog.getByLabel(name)).not.toBeChecked();
    await expect(dialog.getByLabel(name)).toBeDisabled();
  }
  await expectAccessible(one);
  await dialog.getByRole("button", { name: "Mint token" }).click();
  await expect(dialog.locator("[data-secret]")).toBeVisible();

  await one.goto(`/partners/${receiver.id}`);
  await one.getByRole("button", { name: "Propose a change" }).click();
  const next = one.getByRole("dialog");
  await next.getByRole("checkbox", { name: "AML screening" }).click();
  await next.getByLabel("A token lives at most").fill("1h");
  await next.getByRole("button", { name: "Propose" }).click();
  await expect(next).toBeHidden();
  await other.goto(`/partners/${issuer.id}`);
  const differs = other.getByRole("table", { name: "What differs from version 1, which is in force" });
  await expect(differs.getByRole("row")).toHaveCount(3);
  await expect(differs.getByRole("row", { name: /30 minutes/ })).toContainText("1 hour");
  await expect(differs.locator("ins")).toHaveText(["AML screening", "1 hour"]);
  await expect(differs.locator("del")).toHaveText(["30 minutes"]);
  await expectAccessible(other);
  await other.setViewportSize({ width: 390, height: 800 });
  await expectFits(other);
  await other.setViewportSize({ width: 1280, height: 800 });
  await other.getByRole("button", { name: "End agreement" }).click();
  await other.getByRole("alertdialog").getByRole("button", { name: "End agreement" }).click();
  await expect(other.getByText("1 earlier version")).toBeVisible();
  const ended = await openMint(one, sessionId, receiver);
  await expect(ended.getByText(/No agreement with this partner is in force/)).toBeVisible();
});
