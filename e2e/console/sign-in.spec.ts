import { expect, test } from "@playwright/test";
import { demo, expectAccessible, signIn } from "./arrange";

test("a member signs in with the form, and signing out takes effect at once in every tab", async ({
  page,
  context,
}) => {
  const { issuer } = demo();
  await page.goto("/sign-in");
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(issuer.email);
  await page.getByLabel("Password", { exact: true }).fill(issuer.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe("/");
  const stolen = await context.cookies();

  const other = await context.newPage();
  await other.goto("/imports");
  await expect(other).toHaveURL(/\/imports/);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);

  // The cookie itself is worth nothing any more.
  await context.addCookies(stolen);
  await page.goto("/sessions");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a wrong password is refused without saying which half was wrong", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(`nobody-${Date.now()}@nowhere.example`);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.locator("main").getByRole("alert")).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("without a session every screen leads to the sign-in page, and data routes answer 401", async ({
  page,
  request,
}) => {
  for (const path of [
    "/",
    "/sessions",
    "/imports",
    "/imports/new",
    "/share-tokens",
    "/partners",
    "/audit",
    "/settings",
  ]) {
    await page.goto(path);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }
  const answer = await request.get("/api/console/sessions", { maxRedirects: 0 });
  expect(answer.status()).toBe(401);
});

test("another organisation's session is answered like one that does not exist", async ({ page, context }) => {
  const { issuer, stranger } = demo();
  await signIn(context, issuer);
  await page.goto("/sessions");
  const href = await page.getByRole("table").getByRole("link").first().getAttribute("href");
  expect(href).toMatch(/\/sessions\/[0-9a-f-]{36}/);
  await context.clearCookies();
  await signIn(context, stranger);
  const look = async (path: string) => {
    const answer = await page.goto(path);
    await expect(page.getByRole("heading", { name: /not found/i })).toBeVisible();
    return { status: answer?.status(), text: await page.locator("body").innerText() };
  };
  expect(await look(href!)).toEqual(await look("/sessions/00000000-0000-4000-8000-000000000000"));
});
