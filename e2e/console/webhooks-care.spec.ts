import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type BrowserContext, expect, test } from "@playwright/test";
import { newAccount, newAddress, PASSWORD } from "../accounts";
import { call, demo, expectAccessible, finishedSession, type Side, signIn } from "./arrange";

/** An application of this test's own, and a browser in which its owner is signed in. */
async function desk(browser: { newContext(options: object): Promise<BrowserContext> }, request: never) {
  const account = await newAccount(request);
  const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newAddress() } });
  await signIn(context, { email: account.email, password: PASSWORD });
  const side = { application_id: account.application.uuid, api_key: account.application.api_key } as Side;
  return { side, page: await context.newPage() };
}

interface Log {
  results: { state: string; attempts: number }[];
}

test("a destination is edited, switched off and on, gets a selection again, and is deleted", async ({
  browser,
  request,
}) => {
  const { side, page } = await desk(browser, request as never);
  let answer = 422;
  const server = createServer((asked, reply) => asked.resume().on("end", () => reply.writeHead(answer).end("seen")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  try {
    const { uuid } = await call<{ uuid: string }>(side, "POST", "/v3/webhook/destinations/", {
      url,
      label: "Ledger",
      subscribed_events: ["status.updated"],
    });
    await page.goto(`/webhooks/${uuid}`);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "Edit" }).click();
    await expect(dialog.getByLabel("URL")).toHaveValue(url);
    await dialog.getByLabel("Label").fill("Книга & “ledger” — ٤٢");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Книга & “ledger” — ٤٢" })).toBeVisible();

    for (const name of ["Uma Solberg", "Nils O’Hara"]) await finishedSession(side, "user", name);
    const log = () => call<Log>(side, "GET", `/v3/webhook/destinations/${uuid}/deliveries/`);
    await expect.poll(async () => (await log()).results.map(({ state }) => state)).toEqual(["failed", "failed"]);
    answer = 200;
    await page.goto(`/webhooks/deliveries?state=failed`);
    await page.getByRole("checkbox", { name: "Select all rows" }).click();
    await expect(page.getByRole("status").filter({ hasText: "2 rows selected" })).toHaveCount(1);
    await page.getByRole("button", { name: "Send 2 again" }).click();
    await expect(page.getByText("2 deliveries are queued")).toBeVisible();
    await expect.poll(async () => (await log()).results.map(({ state }) => state)).toEqual(["delivered", "delivered"]);

    await page.goto(`/webhooks/${uuid}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    const confirm = page.getByRole("alertdialog");
    await expectAccessible(page);
    await confirm.getByRole("button", { name: "Disable" }).click();
    await expect(confirm).toHaveCount(0);
    await expect(page.getByText("A member switched it off.")).toBeVisible();
    await expectAccessible(page);
    const off = await call<{ enabled: boolean }>(side, "GET", `/v3/webhook/destinations/${uuid}/`);
    expect(off.enabled).toBe(false);
    await page.getByRole("button", { name: "Enable" }).first().click();
    await expect(page.getByText("A member switched it off.")).toHaveCount(0);

    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await confirm.getByRole("button", { name: "Delete destination" }).click();
    await expect(page).toHaveURL(/\/webhooks$/);
    await expect(page.getByText("No destination yet")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/webhooks/${uuid}`);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  } finally {
    server.closeAllConnections();
    server.close();
    await page.context().close();
  }
});

test("the built-in test receiver answers as it is told, and shows what arrived with its signature's verdict", async ({
  browser,
  request,
}) => {
  const { side, page } = await desk(browser, request as never);
  await page.goto("/webhooks/test-receiver");
  await page.getByRole("button", { name: "Add test receiver" }).click();
  const form = page.getByRole("form", { name: "What it answers" });
  await expect(form).toBeVisible();
  await form.getByLabel("Status").click();
  await page.getByRole("option", { name: "400 Bad Request" }).click();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("It answers so from the next message on")).toBeVisible();

  await finishedSession(side, "user", "Ana Lúcia Prado");
  const arrived = page.getByRole("list").filter({ has: page.getByText("status.updated") });
  await expect(arrived.getByText("status.updated").first()).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await page.goto("/webhooks/deliveries");
  await expect(page.getByRole("row").filter({ hasText: "status.updated" }).getByText("400").first()).toBeVisible();
  await page.context().close();
});

test("a member whose role has nothing to do with webhooks is told who has", async ({ browser }) => {
  const { receiver } = demo();
  const context = await browser.newContext();
  await signIn(context, { email: "auditoria@tessarine.example", password: receiver.password });
  const page = await context.newPage();
  await page.goto("/webhooks");
  await expect(page.getByRole("heading", { name: "Your role does not open this page" })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Webhooks" })).toHaveCount(0);
  await context.close();
});
