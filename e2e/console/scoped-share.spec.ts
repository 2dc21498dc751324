import { expect, test } from "@playwright/test";
import { demo, expectAccessible, finishedSession, signIn } from "./arrange";

test("a share without AML and media shows what was left out, to both sides", async ({ browser }) => {
  const session = await finishedSession(demo().issuer, "user", "Rosa Teixeira Lobo");
  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(one, demo().issuer), signIn(two, demo().receiver)]);
  const [issuer, receiver] = await Promise.all([one.newPage(), two.newPage()]);

  await issuer.goto(`/sessions/${session.id}`);
  await issuer.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = issuer.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Partner/ }).click();
  await issuer
    .getByRole("option", { name: new RegExp(demo().receiver.organisation) })
    .first()
    .click();
  await dialog.getByText("Blocks and media").click();
  for (const name of ["ID document", "Liveness", "AML screening"]) await dialog.getByLabel(name).uncheck();
  await dialog.getByRole("button", { name: "Mint token" }).click();
  await expect(dialog.getByText("Leave at least one block of each session in.")).toBeVisible();
  for (const name of ["ID document", "Liveness"]) await dialog.getByLabel(name).check();
  await dialog.getByLabel("Images, videos and files").uncheck();
  await expectAccessible(issuer);
  await dialog.getByRole("button", { name: "Mint token" }).click();
  const token = await dialog.locator("[data-secret]").innerText();
  await expect(dialog.getByText("Without AML screening and media")).toBeVisible();
  await expectAccessible(issuer);

  await receiver.goto("/imports/new");
  await receiver.getByLabel("Share token").fill(token);
  await expect(receiver.getByText("Without AML screening and media")).toBeVisible();
  await expectAccessible(receiver);
  await receiver.getByRole("radio", { name: "Review it here" }).click();
  await receiver.getByRole("button", { name: "Import session" }).click();
  await expect(receiver).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  await expect(receiver.getByRole("heading", { level: 1 })).toContainText("Rosa Teixeira Lobo");
  const omitted = receiver.getByRole("region", { name: "AML screening" });
  await expect(omitted).toContainText(`Not shared by ${demo().issuer.organisation}`);
  await expect(receiver.getByText("Shared in part")).toBeVisible();
  await expect(receiver.locator("main img")).toHaveCount(0);
  await expectAccessible(receiver);

  await issuer.goto("/share-tokens");
  await expect(issuer.getByText("Without AML screening and media").first()).toBeVisible();
  await expectAccessible(issuer);
  await Promise.all([one.close(), two.close()]);
});
