import { type Browser, expect, type Page, test } from "@playwright/test";
import { personDecision } from "@/domain/sessions/samples/decisions";
import { seconds, signed, startMediaServer, statusUpdated } from "@/domain/vendor/testing";
import { newAccount, newAddress, PASSWORD } from "../accounts";
import { call, expectAccessible, type Side, signIn } from "./arrange";

type Json = Record<string, unknown>;

/** An application of this test's own, and a browser in which its owner is signed in. */
async function desk(browser: Browser, request: never, options: object = {}) {
  const account = await newAccount(request);
  const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newAddress() }, ...options });
  await signIn(context, { email: account.email, password: PASSWORD });
  const side = { application_id: account.application.uuid, api_key: account.application.api_key } as Side;
  return { side, page: await context.newPage() };
}

async function deliver(url: string, secret: string, message: Json): Promise<number> {
  const { headers, body } = signed({ ...message, timestamp: seconds() }, secret);
  return (await fetch(url, { method: "POST", headers, body: new Uint8Array(body) })).status;
}

/** The address and the secret, as the dialog shows them this one time. */
async function shown(page: Page): Promise<{ url: string; secret: string }> {
  const dialog = page.getByRole("dialog");
  const url = await dialog.getByRole("region", { name: "Address" }).innerText();
  await dialog.getByRole("button", { name: "Show", exact: false }).click();
  const secret = await dialog.locator("[data-secret]").innerText();
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  await expect(dialog).toHaveCount(0);
  return { url: url.trim(), secret: secret.trim() };
}

test("an inbox is added, a vendor delivers, the session is there, the secret is changed, the inbox is deleted", async ({
  browser,
  request,
}) => {
  const { side, page } = await desk(browser, request as never);
  const vendor = await startMediaServer();
  try {
    await page.goto("/settings");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Vendor" }).click();
    await expect(page.getByText("No vendor delivers here yet")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add an inbox" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Add inbox" }).click();
    await expect(dialog.getByText("Enter a name.")).toBeVisible();
    await expectAccessible(page);
    await dialog.getByLabel("Name of the vendor").fill("Didit");
    await dialog.getByRole("button", { name: "Add inbox" }).click();
    await expect(dialog.getByRole("heading", { name: "Didit can deliver now" })).toBeVisible();
    await expectAccessible(page);
    const first = await shown(page);

    const decision = vendor.serve(personDecision({ fullName: "Ilse Wagenaar" }));
    expect(await deliver(first.url, first.secret, statusUpdated(decision))).toBe(200);
    expect(await deliver(first.url, "not the secret of it", statusUpdated(decision))).toBe(401);
    await page.getByRole("link", { name: "Didit" }).click();
    await expect(page.getByText("A request was turned away")).toBeVisible();
    await expect(async () => {
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect(page.getByRole("table", { name: "Messages" }).getByText("Brought in")).toBeVisible({
        timeout: 2_000,
      });
    }).toPass({ timeout: 60_000 });
    await expectAccessible(page);

    await page.getByRole("link", { name: "status.updated" }).click();
    await expect(page.getByRole("heading", { name: "Message of Didit" })).toBeVisible();
    await expect(page.getByText("It became a session.")).toBeVisible();
    await expect(page.getByText("What was delivered").first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Session 1" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Ilse Wagenaar" })).toBeVisible();

    await page.goto("/settings/vendor");
    await page.getByRole("button", { name: "Actions for Didit" }).click();
    await page.getByRole("menuitem", { name: "Change secret" }).click();
    await dialog.getByRole("button", { name: "Change secret" }).click();
    await expect(dialog.getByRole("heading", { name: "Didit has a new secret" })).toBeVisible();
    const second = await shown(page);
    expect(second.secret).not.toBe(first.secret);
    for (const secret of [first.secret, second.secret]) {
      const message = statusUpdated({ ...decision, session_id: crypto.randomUUID() }, { webhook_type: "data.updated" });
      expect(await deliver(first.url, secret, message)).toBe(200);
    }

    await page.getByRole("button", { name: "Actions for Didit" }).click();
    await page.getByRole("menuitem", { name: "Change secret" }).click();
    await expect(dialog.getByText("The secret before the last change is still accepted.")).toBeVisible();
    await dialog.getByRole("radio", { name: "Use the vendor’s own" }).click();
    await dialog.getByLabel("The vendor’s secret").fill("short");
    await dialog.getByRole("button", { name: "Change secret" }).click();
    await expect(dialog.getByText("A secret has at least 16 characters and no spaces.")).toBeVisible();
    await dialog.getByLabel("The vendor’s secret").fill("whsec-of-the-vendor-0001");
    await dialog.getByRole("combobox").click();
    await page.getByRole("option", { name: "no time: it stops at once" }).click();
    await dialog.getByRole("button", { name: "Change secret" }).click();
    expect((await shown(page)).secret).toBe("whsec-of-the-vendor-0001");
    const message = statusUpdated(decision, { webhook_type: "data.updated" });
    expect(await deliver(first.url, second.secret, message)).toBe(401);
    expect(await deliver(first.url, "whsec-of-the-vendor-0001", message)).toBe(200);

    const confirm = page.getByRole("alertdialog");
    await page.getByRole("button", { name: "Actions for Didit" }).click();
    await page.getByRole("menuitem", { name: "Disable" }).click();
    await confirm.getByRole("button", { name: "Disable" }).click();
    await expect(page.getByRole("table").getByText("Disabled")).toBeVisible();
    expect(await deliver(first.url, "whsec-of-the-vendor-0001", message)).toBe(404);
    await page.getByRole("button", { name: "Actions for Didit" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expectAccessible(page);
    await confirm.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("No vendor delivers here yet")).toBeVisible();

    const trail = await call<{ count: number }>(side, "GET", "/v3/sessions/");
    expect(trail.count).toBe(1);
    await page.goto("/audit");
    await expect(page.getByText("Rotated a vendor inbox's secret").first()).toBeVisible();
  } finally {
    await vendor.stop();
    await page.context().close();
  }
});

test("a message whose media cannot be had says which and why, and comes in when it is tried again", async ({
  browser,
  request,
}) => {
  const { page } = await desk(browser, request as never, { viewport: { width: 390, height: 844 } });
  const vendor = await startMediaServer();
  try {
    await page.goto("/settings/vendor");
    await page.getByRole("button", { name: "Add an inbox" }).first().click();
    await page.getByRole("dialog").getByLabel("Name of the vendor").fill("Ver & Cia — ٤٢");
    await page.getByRole("dialog").getByRole("button", { name: "Add inbox" }).click();
    const { url, secret } = await shown(page);

    const decision = vendor.serve(personDecision());
    const front = new URL(String((decision.id_verifications as Json[])[0]!.front_image)).pathname;
    const { bytes } = vendor.answers.get(front)!;
    vendor.answers.set(front, { status: 200, bytes: Buffer.from("<html>sign in</html>") });
    expect(await deliver(url, secret, statusUpdated(decision))).toBe(200);
    await page.goto("/settings/vendor");
    await page.getByRole("link", { name: "Ver & Cia — ٤٢" }).click();
    await expect(async () => {
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect(page.getByText("is of a type that is not accepted")).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await expectAccessible(page);
    await page.getByRole("link", { name: "status.updated" }).click();
    await expect(page.getByText("id_verifications[0].front_image:")).toBeVisible();
    await expectAccessible(page);

    vendor.answers.set(front, { status: 200, bytes });
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(async () => {
      await page.reload();
      await expect(page.getByText("It became a session.")).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await expect(page.getByRole("button", { name: "Try again" })).toHaveCount(0);
  } finally {
    await vendor.stop();
    await page.context().close();
  }
});
