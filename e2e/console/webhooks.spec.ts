import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { call, demo, expectAccessible, finishedSession, type Side, signIn } from "./arrange";

/** A receiver of this test's own, which answers as it is told. */
async function receiver(): Promise<{ url: string; answer: number; server: Server }> {
  const one = { url: "", answer: 200, server: undefined as unknown as Server };
  one.server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(one.answer).end("seen"));
  });
  await new Promise<void>((resolve) => one.server.listen(0, "127.0.0.1", resolve));
  one.url = `http://127.0.0.1:${(one.server.address() as AddressInfo).port}/hook`;
  return one;
}

const destinationOf = async (side: Side, url: string) =>
  (await call<{ uuid: string; url: string }[]>(side, "GET", "/v3/webhook/destinations/")).find(
    (row) => row.url === url,
  )!;

test("a destination is added, tested, fails, is repaired and gets what it missed", async ({ page, context }) => {
  const { issuer } = demo();
  const sink = await receiver();
  await signIn(context, issuer);
  try {
    await page.goto("/webhooks");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Add destination" }).first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("URL").fill("https://10.0.0.1/inside");
    await form.getByRole("checkbox", { name: "status.updated", exact: false }).first().check();
    await form.getByRole("button", { name: "Add destination" }).click();
    await expect(form.getByText(/private|inside|internet/i).first()).toBeVisible();
    await form.getByLabel("URL").fill(sink.url);
    await form.getByRole("button", { name: "Add destination" }).click();
    await expect(page.getByRole("dialog").getByText("Signing secret").first()).toBeVisible();
    await page.getByRole("button", { name: "I have stored it" }).click();

    const { uuid } = await destinationOf(issuer, sink.url);
    await page.goto(`/webhooks/${uuid}`);
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send test" }).click();
    await expect(page.getByRole("dialog").getByText(/Answered 200/)).toBeVisible();
    await page.keyboard.press("Escape");

    sink.answer = 422;
    await finishedSession(issuer, "user", "Mira Vela Ortun");
    await expect(page.getByRole("main").getByText("422").first()).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page);
    sink.answer = 200;
    await page.getByRole("button", { name: "Resend failed" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
    await expect
      .poll(async () => {
        const log = await call<{ results: { state: string; is_test: boolean }[] }>(
          issuer,
          "GET",
          `/v3/webhook/destinations/${uuid}/deliveries/`,
        );
        return log.results.every(({ state }) => state === "delivered");
      })
      .toBe(true);
  } finally {
    const made = await destinationOf(issuer, sink.url);
    if (made) await call(issuer, "PATCH", `/v3/webhook/destinations/${made.uuid}/`, { enabled: false });
    sink.server.closeAllConnections();
    sink.server.close();
  }
});

test("a pause keeps events, a rotation shows the new secret once", async ({ page, context }) => {
  const { receiver: side } = demo();
  const url = `https://hooks-${Date.now()}.example.com/`;
  const made = await call<{ uuid: string; secret_shared_key: string }>(side, "POST", "/v3/webhook/destinations/", {
    url,
    label: "Ledger",
    subscribed_events: ["status.updated"],
  });
  await signIn(context, side);
  await page.goto(`/webhooks/${made.uuid}`);
  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Nothing is sent. Events are kept").first()).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).first().click();
  await expect(page.getByText("Nothing is sent. Events are kept")).toHaveCount(0);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Rotate secret" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Rotate secret" }).click();
  await expect(page.getByRole("dialog").getByText(/has a new secret/)).toBeVisible();
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByText("Two secrets sign")).toBeVisible();
  await expectAccessible(page);
  const now = await call<{ secret_shared_key: string }>(side, "GET", `/v3/webhook/destinations/${made.uuid}/`);
  expect(now.secret_shared_key).not.toBe(made.secret_shared_key);
  await call(side, "PATCH", `/v3/webhook/destinations/${made.uuid}/`, { enabled: false });
});

test("every screen of webhooks is accessible", async ({ page, context }) => {
  await signIn(context, demo().stranger);
  for (const path of ["/webhooks", "/webhooks/deliveries", "/webhooks/test-receiver", "/webhooks/signatures"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page);
  }
});
