import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { call, demo, expectAccessible, finishedSession, signIn } from "./arrange";

test("a gap is seen before the import, asked for and answered", async ({ browser }) => {
  const { issuer: theirs, receiver: ours } = demo();
  const session = await finishedSession(theirs, "user", "Elvira Monteagudo Sanz");
  const label = `With address ${randomUUID().slice(0, 8)}`;
  await call(ours, "POST", "/v3/workflows/", {
    workflow_label: label,
    features: [{ feature: "OCR" }, { feature: "PROOF_OF_ADDRESS" }, { feature: "AML" }],
  });
  const minted = await call<{ share_token: string }>(theirs, "POST", `/v3/session/${session.id}/share/`, {
    for_application_id: ours.application_id,
    share: { omit: ["AML"] },
  });

  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(one, theirs), signIn(two, ours)]);
  const [issuer, receiver] = await Promise.all([one.newPage(), two.newPage()]);
  await receiver.goto("/imports/new");
  await receiver.getByLabel("Share token").fill(minted.share_token);
  await expect(receiver.getByRole("heading", { name: "What would arrive" })).toBeVisible();
  await receiver.getByRole("combobox", { name: "Workflow" }).click();
  await receiver.getByRole("option", { name: label }).click();
  const steps = receiver.getByRole("region", { name: `Steps of ${label}` });
  await expect(steps.getByRole("listitem")).toHaveText([
    "ID document Satisfied",
    "Proof of address Missing",
    "AML screening Not shared",
  ]);
  await expect(receiver.getByText("2 steps of the workflow would not arrive")).toBeVisible();
  await expectAccessible(receiver);
  await receiver.getByRole("button", { name: `Ask ${theirs.organisation}` }).click();
  await expect(
    receiver.getByText(`Asked ${theirs.organisation} for: Proof of address and AML screening`),
  ).toBeVisible();
  await expectAccessible(receiver);

  await issuer.goto("/requests?direction=received&state=open");
  const row = issuer.getByRole("row", { name: /Elvira Monteagudo Sanz/ });
  await expect(async () => {
    await issuer.reload();
    await expect(row.first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(issuer);
  await issuer.getByRole("button", { name: `Answer the request about session #${session.number}` }).click();
  const dialog = issuer.getByRole("dialog");
  await dialog.getByRole("button", { name: "Decline" }).click();
  await expect(dialog.getByText("Choose a reason before you decline.")).toBeVisible();
  await dialog.getByRole("combobox", { name: "Reason for declining" }).click();
  await issuer.getByRole("option", { name: "Not part of what was agreed" }).click();
  await expectAccessible(issuer);
  await dialog.getByRole("button", { name: "Decline" }).click();
  await expect(dialog).toBeHidden();

  await expect(async () => {
    await receiver.goto("/requests?direction=sent&state=declined");
    await expect(receiver.getByText("Not part of what was agreed").first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(receiver);
  await Promise.all([one.close(), two.close()]);
});

test("the person is asked again in one go", async ({ page, context }) => {
  const { issuer, receiver } = demo();
  const session = await finishedSession(issuer, "user", "Baltasar Quiroga Leal");
  const { share_token } = await call<{ share_token: string }>(issuer, "POST", `/v3/session/${session.id}/share/`, {
    for_application_id: receiver.application_id,
  });
  await call(receiver, "POST", "/v3/step-requests/", { share_token, steps: ["LIVENESS"] });
  await signIn(context, issuer);
  await page.goto("/requests?direction=received&state=open");
  const button = page.getByRole("button", { name: `Ask the person of session #${session.number} again` });
  await expect(async () => {
    await page.reload();
    await expect(button).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await button.click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Ask again" }).click();
  await expect(page.getByText("The person is asked again").first()).toBeVisible();
  await expect(page.getByRole("row", { name: /Baltasar Quiroga Leal/ })).toContainText("Person asked again");
  const decision = await call<{ status: string }>(issuer, "GET", `/v3/session/${session.id}/decision/`);
  expect(decision.status).toBe("Resubmitted");
});
