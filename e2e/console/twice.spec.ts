import { expect, type Page, test } from "@playwright/test";
import { call, demo, finishedSession, mintedToken, signIn } from "./arrange";

/** Two presses in one instant, as an impatient hand or a bouncing key makes them. */
const pressTwice = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).evaluate((button: HTMLButtonElement) => {
    button.click();
    button.click();
  });

test("a token is minted once and redeemed once, however often the buttons are pressed", async ({ browser }) => {
  const { issuer, receiver } = demo();
  // Signs that a name may hold and a careless page breaks on.
  const name = "أميرة O'Brien <b>王小明</b>";
  const session = await finishedSession(issuer, "user", name);
  const [one, two] = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all([signIn(one, issuer), signIn(two, receiver)]);
  const [desk, other] = await Promise.all([one.newPage(), two.newPage()]);

  await desk.goto(`/sessions/${session.id}`);
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText(name);
  await desk.getByRole("button", { name: "Share", exact: true }).click();
  await desk
    .getByRole("dialog")
    .getByRole("button", { name: /^Partner/ })
    .click();
  await desk.getByRole("option", { name: receiver.organisation }).first().click();
  await pressTwice(desk, "Mint token");
  const secret = desk.getByRole("dialog").locator("[data-secret]");
  await expect(secret).toHaveText(/\./);
  const token = await secret.innerText();
  await desk.goto("/share-tokens");
  await expect(desk.getByRole("row", { name: new RegExp(`#${session.number} `) })).toHaveCount(1);

  await other.goto("/imports");
  await other.goto("/imports/new");
  await other.getByLabel("Share token").fill(token);
  await expect(other.getByRole("button", { name: "Import session" })).toBeVisible();
  await pressTwice(other, "Import session");
  await expect(other).toHaveURL(/\/sessions\/[0-9a-f-]{36}$/);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(name);
  // Going back does not lead to a form whose token is spent.
  await other.goBack();
  await expect(other).toHaveURL(/\/imports$/);
  await Promise.all([one.close(), two.close()]);
});

test("two members redeem one token at the same time: one imports, the other is led to what is there", async ({
  browser,
}) => {
  const { issuer, receiver } = demo();
  const session = await finishedSession(issuer, "user", "Two Desks");
  const token = await mintedToken(issuer, session.id, receiver);
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  await Promise.all(contexts.map((context) => signIn(context, receiver)));
  const pages = await Promise.all(contexts.map((context) => context.newPage()));
  for (const page of pages) {
    await page.goto("/imports/new");
    await page.getByLabel("Share token").fill(token);
    await expect(page.getByRole("button", { name: "Import session" })).toBeVisible();
  }
  await Promise.all(pages.map((page) => page.getByRole("button", { name: "Import session" }).click()));
  const [first, second] = pages as [Page, Page];
  const arrived = (page: Page) => page.waitForURL(/\/sessions\/[0-9a-f-]{36}$/, { timeout: 30_000 }).then(() => page);
  const winner = await Promise.any([arrived(first), arrived(second)]);
  const loser = winner === first ? second : first;
  await expect(loser.getByText("Not imported")).toBeVisible();
  await loser.getByRole("link", { name: "Open the session you have" }).click();
  await expect(loser).toHaveURL(winner.url());
  await Promise.all(contexts.map((context) => context.close()));
});

test("another tenant's ids open nothing, and a member who reads only is offered nothing to change", async ({
  browser,
}) => {
  const { issuer, receiver, stranger } = demo();
  const session = await finishedSession(issuer, "user", "Not For Strangers");
  const context = await browser.newContext();
  await signIn(context, stranger);
  const page = await context.newPage();
  for (const path of [`/sessions/${session.id}`, "/sessions/not-an-id", `/sessions/${session.id}'--`]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
    await expect(page.locator("body")).not.toContainText("Not For Strangers");
  }
  // Filters that name another tenant's things find nothing, and do not fail.
  for (const query of [`partner=${receiver.application_id}`, `workflow=${issuer.workflows.user}`]) {
    await page.goto(`/sessions?${query}`);
    await expect(page.getByText("No session matches")).toBeVisible();
  }
  const searched = await page.request.post("/api/console/sessions", { data: { search: session.id } });
  expect(await searched.json()).toMatchObject({ rows: [], count: 0 });
  expect((await page.request.post("/api/console/sessions", { data: { search: " " } })).status()).toBe(400);
  const asked = await page.request.get(`/api/console/sessions?application=${issuer.application_id}`);
  expect(asked.status()).toBe(404);
  await context.close();

  const reader = await browser.newContext();
  await signIn(reader, { email: "auditoria@tessarine.example", password: issuer.password });
  const desk = await reader.newPage();
  await desk.goto(`/sessions/${session.id}`);
  await expect(desk.getByRole("heading", { level: 1 })).toHaveText("Not For Strangers");
  for (const name of ["Approve", "Decline", "Ask again", "Share"]) {
    await expect(desk.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
  await reader.close();
  const unchanged = await call<{ status: string }>(issuer, "GET", `/v3/session/${session.id}/decision/`);
  expect(unchanged.status).toBe("Approved");
});
