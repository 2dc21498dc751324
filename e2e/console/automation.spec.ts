import { type Browser, expect, type Page, test } from "@playwright/test";
import { meet, newMember, newPair, newPerson, relate, type TestApplication } from "@/domain/testing";
import { expectAccessible, expectFits, signIn } from "./arrange";

async function desk(browser: Browser, application: TestApplication): Promise<Page> {
  const context = await browser.newContext();
  await signIn(context, await newMember(application, "owner"));
  return context.newPage();
}

test("what finishes is handed over and what arrives is imported, by themselves, until somebody says stop", async ({
  browser,
}) => {
  const { issuer, receiver } = await newPair();
  await relate(issuer, receiver);
  await Promise.all([meet(issuer, receiver), meet(receiver, issuer)]);
  const [one, other] = [await desk(browser, issuer), await desk(browser, receiver)];

  await one.goto(`/partners/${receiver.id}`);
  const handing = one.getByRole("region", { name: "Hand over finished sessions" });
  await expect(handing.getByText("It has never been switched on.")).toBeVisible();
  await expect(one.getByRole("region", { name: "Import what arrives" })).toHaveCount(0);
  await handing.getByRole("button", { name: "Switch on: Hand over finished sessions" }).click();
  const form = one.getByRole("dialog");
  await form.getByRole("checkbox", { name: "Approved" }).click();
  await form.getByRole("radio", { name: "Only of these" }).click();
  await form.getByLabel("Lifetime of the token").fill("3 weeks");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Choose at least one decision.")).toBeVisible();
  await expect(form.getByText("Choose at least one workflow, or every one.")).toBeVisible();
  await expect(form.getByText(/^Enter a lifetime between/)).toBeVisible();
  await expectAccessible(one);
  await form.getByRole("checkbox", { name: "Approved" }).click();
  await form.getByRole("radio", { name: "Of every workflow" }).click();
  await form.getByLabel("Lifetime of the token").fill("2h");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  await expect(handing.getByText("On", { exact: true })).toBeVisible();
  await expect(handing.getByText("2 hours")).toBeVisible();
  await expect(handing.getByText(/^Version 1, set by/)).toBeVisible();

  await other.goto(`/partners/${issuer.id}`);
  const importing = other.getByRole("region", { name: "Import what arrives" });
  await importing.getByRole("button", { name: "Switch on: Import what arrives" }).click();
  const landing = other.getByRole("dialog");
  await landing.getByRole("button", { name: "Save" }).click();
  await expect(landing.getByText("Choose a workflow for persons, for companies or for both.")).toBeVisible();
  await landing.getByRole("combobox", { name: "Persons land in" }).click();
  await other.getByRole("option").nth(1).click();
  await expectAccessible(other);
  await landing.getByRole("button", { name: "Save" }).click();
  await expect(landing).toBeHidden();
  await expect(importing.getByText("They wait in the inbox")).toBeVisible();
  await expectAccessible(other);

  await newPerson(issuer);
  await expect(async () => {
    await other.goto("/imports");
    await expect(other.getByRole("row").filter({ hasText: "In review" })).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });

  // Somebody else has set it meanwhile: their word is not overwritten unseen.
  const second = await one.context().newPage();
  await second.goto(`/partners/${receiver.id}`);
  await second.getByRole("button", { name: "Switch off: Hand over finished sessions" }).click();
  await handing.getByRole("button", { name: "Change: Hand over finished sessions" }).click();
  await one.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(one.getByRole("dialog")).toBeHidden();
  await one.reload();
  await handing.getByRole("button", { name: "Change: Hand over finished sessions" }).click();
  await one.getByRole("dialog").getByRole("checkbox", { name: "Declined" }).click();
  await one.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(handing.getByText(/^Version 2, set by/)).toBeVisible();
  const asked = second.getByRole("alertdialog");
  await asked.getByRole("button", { name: "Switch off" }).click();
  await expect(asked.getByText(/^Somebody changed this in the meantime/)).toBeVisible();
  await second.close();

  // What is refused is told where it was set, in words.
  await other.getByRole("link", { name: "Partners" }).click();
  await other.goto(`/partners/${issuer.id}`);
  await other.getByRole("button", { name: "Pause" }).click();
  await other.getByRole("alertdialog").getByRole("button", { name: "Pause" }).click();
  await expect(other.getByText("You paused it", { exact: false })).toBeVisible();
  const { id: kept } = await newPerson(issuer);
  const failures = one.getByRole("region", { name: "Refused and left to people" });
  await expect(async () => {
    await one.goto(`/partners/${receiver.id}`);
    await expect(failures.getByText("Session not handed over")).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(one);
  await one.setViewportSize({ width: 390, height: 800 });
  await expectFits(one);
  await one.setViewportSize({ width: 1280, height: 800 });
  await expect(failures.getByRole("link", { name: "Open the session" })).toHaveAttribute("href", `/sessions/${kept}`);

  await handing.getByRole("button", { name: "Switch off: Hand over finished sessions" }).click();
  await one.getByRole("alertdialog").getByRole("button", { name: "Switch off" }).click();
  await expect(handing.getByText("Off", { exact: true })).toBeVisible();
  await expect(handing.getByText(/^Version 3, set by/)).toBeVisible();
});
