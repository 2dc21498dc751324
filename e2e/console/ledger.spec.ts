import { readFileSync } from "node:fs";
import { type Browser, type Download, expect, type Page, test } from "@playwright/test";
import { claimsOf } from "../fixtures";
import { call, expectAccessible, expectFits, finishedSession, mintedToken } from "./arrange";
import { type Desk, newDesk } from "./desk";

const organisationOf = (desk: Desk) => desk.account.organisation.name;
const idOf = (token: string) => claimsOf(token).jti as string;
const textOf = async (download: Download) => readFileSync(await download.path(), "utf8");

async function pair(browser: Browser): Promise<{ issuer: Desk; receiver: Desk }> {
  const [issuer, receiver] = await Promise.all([newDesk(browser), newDesk(browser)]);
  return { issuer, receiver };
}

const history = (page: Page) => page.getByRole("list").filter({ hasText: "Minted" }).last();

test("one token is revoked on its own page, which tells the whole of its history", async ({ browser }) => {
  const { issuer, receiver } = await pair(browser);
  const session = await finishedSession(issuer.side, "user", "Rosa Calado");
  const token = await mintedToken(issuer.side, session.id, receiver.side);
  await call(receiver.side, "POST", "/v3/share-tokens/preview/", { share_token: token });
  const { page } = issuer;
  await page.goto(`/share-tokens?session=${session.number}`);
  await page.getByRole("link", { name: /Rosa Calado/ }).click();
  await expect(page).toHaveURL(`/share-tokens/${idOf(token)}`);
  await page.getByRole("button", { name: "Revoke token" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(history(page)).toContainText("This token alone");
  await expect(page.getByRole("button", { name: "Revoke token" })).toHaveCount(0);
  // What the receiver did arrives through the worker.
  await expect(async () => {
    await page.reload();
    await expect(history(page).getByText(`Somebody at ${organisationOf(receiver)}`)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(history(page).getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectFits(page);
  await Promise.all([issuer.context.close(), receiver.context.close()]);
});

test("every open token of a session is revoked at once, from the session", async ({ browser }) => {
  const { issuer, receiver } = await pair(browser);
  const session = await finishedSession(issuer.side, "user", "Ivo Prates");
  for (let count = 0; count < 2; count++) await mintedToken(issuer.side, session.id, receiver.side);
  const { page } = issuer;
  await page.goto(`/sessions/${session.id}`);
  const shares = page.getByRole("region", { name: "Shared with" });
  await shares.getByRole("button", { name: "Revoke open tokens" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("2 open tokens end");
  await dialog.getByRole("button", { name: "Revoke open tokens" }).click();
  await expect(page.getByText("2 tokens revoked")).toBeVisible();
  await expect(shares.getByText("Revoked")).toHaveCount(2);
  await expect(shares.getByRole("button", { name: "Revoke open tokens" })).toHaveCount(0);
  await shares.getByRole("link", { name: "In the ledger" }).click();
  await expect(page.getByRole("row", { name: /Ivo Prates/ })).toHaveCount(2);
  await Promise.all([issuer.context.close(), receiver.context.close()]);
});

test("the kill switch says what it ends, wants the partner's name, and stops what would follow", async ({
  browser,
}) => {
  const { issuer, receiver } = await pair(browser);
  const session = await finishedSession(issuer.side, "user", "Alda Reis");
  const tokens = [];
  for (let count = 0; count < 3; count++) tokens.push(await mintedToken(issuer.side, session.id, receiver.side));
  const { page } = issuer;
  await page.goto(`/partners/${receiver.side.application_id}`);
  await page.getByRole("button", { name: "Stop sharing…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("3 open tokens end.");
  const confirm = dialog.getByRole("button", { name: "Revoke and pause" });
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("textbox").fill("Somebody else");
  await expect(confirm).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole("textbox").fill(organisationOf(receiver));
  await confirm.click();
  await expect(page.getByText("3 tokens revoked, sharing is paused")).toBeVisible();
  await expect(page.getByText("Paused", { exact: true }).first()).toBeVisible();

  await page.goto(`/share-tokens?partner=${receiver.side.application_id}&state=revoked`);
  await expect(page.getByRole("row", { name: /Alda Reis/ })).toHaveCount(3);
  await Promise.all([issuer.context.close(), receiver.context.close()]);
});

test("each side sees its own ledger, filtered by an address that outlives reloading and going back", async ({
  browser,
}) => {
  const { issuer, receiver } = await pair(browser);
  const [one, two] = [
    await finishedSession(issuer.side, "user", "Nuno Alves"),
    await finishedSession(issuer.side, "user", "Marta Pinho"),
  ];
  const looked = await mintedToken(issuer.side, one.id, receiver.side);
  const refused = await mintedToken(issuer.side, two.id, receiver.side);
  await call(receiver.side, "POST", "/v3/share-tokens/preview/", { share_token: looked });
  await call(issuer.side, "POST", `/v3/share-tokens/${idOf(refused)}/revoke/`, {});
  await expect(call(receiver.side, "POST", "/v3/session/import-shared/", { share_token: refused })).rejects.toThrow(
    "401",
  );

  const theirs = receiver.page;
  await theirs.goto("/share-tokens");
  await expect(theirs.getByText("No tokens yet")).toBeVisible();
  await theirs.getByRole("link", { name: "Presented here" }).click();
  await expect(theirs.getByRole("row").filter({ hasText: organisationOf(issuer) })).toHaveCount(2);
  await expect(theirs.getByText("Refused: invalid or expired")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole("button", { name: /^State/ }).click();
  await theirs.getByRole("option", { name: "Refused", exact: true }).click();
  await expect(theirs).toHaveURL(/side=receiver&state=refused|state=refused&side=receiver/);
  await expect(theirs.getByRole("row").filter({ hasText: organisationOf(issuer) })).toHaveCount(1);
  await theirs.reload();
  await expect(theirs.getByRole("row").filter({ hasText: organisationOf(issuer) })).toHaveCount(1);
  await expect(theirs.getByRole("button", { name: /^State/ })).toContainText("Refused");
  await theirs.goBack();
  await expect(theirs.getByRole("row").filter({ hasText: organisationOf(issuer) })).toHaveCount(2);

  const { page } = issuer;
  await expect(async () => {
    await page.goto("/share-tokens?state=was_refused");
    await expect(page.getByRole("row", { name: /Marta Pinho/ })).toContainText("Refused: it had been revoked", {
      timeout: 1000,
    });
  }).toPass();
  await expect(page.getByRole("row", { name: /Nuno Alves/ })).toHaveCount(0);
  await Promise.all([issuer.context.close(), receiver.context.close()]);
});

test("what the filters select is exported, as CSV and as JSON, and the trail says so", async ({ browser }) => {
  const { issuer, receiver } = await pair(browser);
  const [one, two] = [
    await finishedSession(issuer.side, "user", "Olga Neves"),
    await finishedSession(issuer.side, "user", "Duarte Lima"),
  ];
  const wanted = await mintedToken(issuer.side, one.id, receiver.side);
  await mintedToken(issuer.side, two.id, receiver.side);
  const { page } = issuer;
  await page.goto(`/share-tokens?session=${one.number}`);
  const download = async (format: RegExp) => {
    await page.getByRole("button", { name: "Export" }).click();
    const started = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: format }).click();
    return started;
  };
  const csv = await download(/^CSV, a line per event/);
  expect(csv.suggestedFilename()).toBe("share-tokens.csv");
  const [header, ...lines] = (await textOf(csv)).trimEnd().split("\r\n");
  const columns = header!.split(",");
  expect(lines.map((line) => line.split(",")[columns.indexOf("share_token_id")])).toEqual([idOf(wanted)]);
  expect(lines[0]!.split(",")[columns.indexOf("event")]).toBe("minted");
  const json = await download(/^JSON, tokens with/);
  const tokens = JSON.parse(await textOf(json));
  expect(tokens).toHaveLength(1);
  expect(tokens[0]).toMatchObject({ share_token_id: idOf(wanted), state: "active", session_id: one.id });
  await page.goto("/audit");
  await expect(page.getByRole("row", { name: /Exported the ledger/ })).toHaveCount(2);
  await Promise.all([issuer.context.close(), receiver.context.close()]);
});
