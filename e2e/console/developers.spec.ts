import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { call, demo, expectAccessible, expectFits, finishedSession, signIn } from "./arrange";

test("an operation is found, read and tried with a key that is nowhere kept", async ({ page, context }) => {
  const { issuer } = demo();
  const session = await finishedSession(issuer, "user", "Mira Tried Ortun");
  await signIn(context, issuer);
  await page.goto("/developers");
  await expect(page).toHaveURL(/\/developers\/reference$/);
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("decision");
  await page
    .getByRole("navigation", { name: "Operations" })
    .getByRole("link", { name: /Retrieve a session's decision/ })
    .click();
  await page.waitForURL(/\/get_session_by_session_id_decision$/);
  await expect(page.getByRole("heading", { name: "Retrieve a session's decision" })).toBeVisible();
  await expect(page.getByText("Needs read:sessions")).toBeVisible();
  await page.getByRole("tab", { name: "Python" }).click();
  await expect(page.getByRole("tabpanel")).toContainText('os.environ["AVAL_API_KEY"]');

  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page.getByText("This is needed.")).toHaveCount(2);
  await page.getByLabel("API key", { exact: false }).fill(issuer.api_key);
  await page.getByRole("textbox", { name: "sessionId" }).fill(session.id);
  const sent = page.waitForRequest((request) => request.url().includes("/decision/"));
  await page.getByRole("button", { name: "Send request" }).click();
  const request = await sent;
  expect(await request.headerValue("cookie")).toBeNull();
  const answer = page.getByRole("region", { name: "Answer" }).first();
  await expect(answer).toContainText("Status 200");
  await expect(answer).toContainText(/\d+ ms/);
  await expect(answer).toContainText(session.id);
  await answer.getByText("Headers").click();
  await expect(answer).toContainText("x-request-id");
  await expectAccessible(page);

  // The key goes along to the next operation, and nowhere else.
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("balance");
  await page.getByRole("link", { name: /Retrieve the account's balance/ }).click();
  await expect(page.getByRole("heading", { name: "Retrieve the account's balance" })).toBeVisible();
  await page.getByRole("button", { name: "Send request" }).click();
  await expect(page.getByRole("region", { name: "Answer" }).first()).toContainText("Status 200");
  const kept = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href]),
  );
  expect(kept).not.toContain(issuer.api_key);
  await page.reload();
  await expect(page.getByLabel("API key", { exact: false })).toHaveValue("");
});

test("what cannot be taken back is asked about first, and a foreign key is not sent", async ({ page, context }) => {
  const { issuer, stranger } = demo();
  const session = await finishedSession(issuer, "user", "Mira Erased Ortun");
  await signIn(context, issuer);
  await page.goto("/developers/reference/delete_session_by_session_id_delete");
  let deletes = 0;
  page.on("request", (request) => {
    if (request.method() === "DELETE") deletes += 1;
  });
  await page.getByRole("textbox", { name: "sessionId" }).fill(session.id);
  await page.getByLabel("API key", { exact: false }).fill(stranger.api_key);
  await page.getByRole("button", { name: "Send request" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText(`/v3/session/${session.id}/delete/`);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(deletes).toBe(0);
  await page.getByRole("button", { name: "Send request" }).click();
  await dialog.getByRole("button", { name: "Send it" }).click();
  await expect(page.getByText(/belongs to another application/)).toBeVisible();
  expect(deletes).toBe(0);
  await page.getByLabel("API key", { exact: false }).fill(issuer.api_key);
  await page.getByRole("button", { name: "Send request" }).click();
  await dialog.getByRole("button", { name: "Send it" }).click();
  await expect(page.getByRole("region", { name: "Answer" }).first()).toContainText("Status 200");
  expect(deletes).toBe(1);
});

test("the prompt has this application's ids, follows what is chosen, and holds no key", async ({ page, context }) => {
  const { issuer, receiver } = demo();
  const session = await finishedSession(issuer, "user", "Mira Prompted Ortun");
  await call(issuer, "POST", `/v3/session/${session.id}/share/`, { for_application_id: receiver.application_id });
  await signIn(context, issuer);
  await page.goto("/developers/integrate");
  const prompt = page.getByRole("region", { name: "Prompt" });
  await expect(prompt).toContainText(issuer.application_id);
  await expect(prompt).toContainText("POST /v3/session/import-shared/");
  await expect(prompt).toContainText("timingSafeEqual");

  await page.getByRole("radio", { name: "Issuing" }).click();
  await expect(prompt).not.toContainText("POST /v3/session/import-shared/");
  await page.getByRole("combobox", { name: "Language" }).click();
  await page.getByRole("option", { name: "Python" }).click();
  await expect(prompt).toContainText("hmac.compare_digest");
  await page.getByLabel("Stack").fill("Django 5");
  await page.getByLabel("Stack").press("Enter");
  await expect(prompt).toContainText("Python (Django 5)");
  await page.getByRole("button", { name: /^The other side/ }).click();
  await page
    .getByRole("option", { name: new RegExp(receiver.organisation) })
    .first()
    .click();
  await expect(prompt).toContainText(receiver.application_id);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save as a file" }).click(),
  ]);
  const saved = readFileSync((await download.path())!, "utf8");
  expect(saved).toContain("# Build the issuer's side of an Aval hand-over in Python (Django 5)");
  for (const { api_key } of [issuer, receiver]) expect(saved).not.toContain(api_key);
  // The address brings the same prompt back.
  await page.reload();
  await expect(prompt).toContainText("Python (Django 5)");
  await expect(page.getByRole("table", { name: "Tools" }).getByRole("row")).not.toHaveCount(1);
});

test("the screens of developers are accessible and fit", async ({ page, context }) => {
  await signIn(context, demo().issuer);
  for (const path of [
    "/developers/reference",
    "/developers/reference/post_session_import_shared",
    "/developers/integrate",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 900 });
    await expectFits(page);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});
