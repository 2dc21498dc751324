import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type BrowserContext, expect, test } from "@playwright/test";
import { type Account, codeFor, lastMailTo, newAccount, newAddress, newEmail, PASSWORD, Visitor } from "../accounts";
import { expectAccessible, signIn } from "./arrange";

/** A browser of its own, behind the proxy with an address of its own. */
const newBrowser = (browser: { newContext(options: object): Promise<BrowserContext> }) =>
  browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newAddress() } });

const withKey = (account: Account, key: string) =>
  account.visitor.get("/v3/sessions/", undefined, { "x-api-key": key });

/** What an agent is offered that is connected with this key. */
async function toolsOf(key: string): Promise<string[]> {
  const url = new URL("/mcp", process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000");
  const client = new Client({ name: "spec", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers: { "x-api-key": key } } }));
  const { tools } = await client.listTools();
  await client.close();
  return tools.map(({ name }) => name);
}

test("somebody makes an account with the code from the mail, invites a colleague, gives them a role and removes them", async ({
  browser,
}) => {
  const context = await newBrowser(browser);
  const page = await context.newPage();
  const email = newEmail();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Create one" }).click();
  await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill("weak");
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByText("The password does not meet all rules yet.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "A lowercase letter (Met)" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "A digit (Not met)" })).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Send me a code" }).click();
  await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Code").fill("AAAAAA");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("The code is wrong");
  await page.getByLabel("Code").fill(await codeFor(email));
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL(/\/settings\/organization/);
  await expect(page.getByRole("table", { name: "Applications" }).getByText("Sandbox")).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Name", { exact: false }).first().fill("Northbank");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.getByRole("link", { name: "Members", exact: true }).click();
  await expect(page.getByRole("table", { name: "Members" })).toBeVisible();
  const guest = newEmail();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("E-mail").fill("nobody");
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  await expect(dialog.getByText("Enter a complete e-mail address")).toBeVisible();
  await dialog.getByLabel("E-mail").fill(guest);
  await dialog.getByRole("radio", { name: "Compliance officer" }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send invitation" }).click();
  const invited = page.getByRole("row", { name: new RegExp(guest) });
  await expect(invited.getByText("Invited")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Mailbox" }).click();
  const mail = page.getByRole("listitem").filter({ hasText: guest });
  await expect(mail.getByRole("heading", { name: `${email} invites you to Northbank` })).toBeVisible();
  await expectAccessible(page);

  const link = /http\S+\/invitation#\S+/.exec((await lastMailTo(guest)).text)![0];
  const theirs = await (await newBrowser(browser)).newPage();
  await theirs.goto(new URL(link).pathname + new URL(link).hash);
  await expect(theirs.getByRole("heading", { name: "Join Northbank" })).toBeVisible();
  await expect(theirs.getByText(`invites you as Compliance officer. Your address is ${guest}`)).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByLabel("Your name").fill("Ada Guest");
  await theirs.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await theirs.getByRole("button", { name: "Join" }).click();
  await expect(theirs.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  await theirs.goto("/settings/members");
  await expect(theirs.getByRole("row", { name: /Ada Guest/ })).toBeVisible();
  await expect(theirs.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);

  await page.getByRole("link", { name: "Members", exact: true }).click();
  const ada = page.getByRole("row", { name: /Ada Guest/ });
  await expect(ada.getByText("Active")).toBeVisible();
  await ada.getByRole("combobox", { name: "Role of Ada Guest" }).click();
  await page.getByRole("option", { name: /Developer/ }).click();
  await expect(page.getByText("Ada Guest is now Developer")).toBeVisible();
  // The next request has the new role: a developer manages keys.
  await theirs.goto("/settings/api-keys");
  await expect(theirs.getByRole("button", { name: "Create key" })).toBeVisible();

  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByText("An organisation keeps at least one owner.")).toBeVisible();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Remove Ada Guest" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expect(ada).toHaveCount(0);
  await theirs.goto("/sessions");
  await expect(theirs).toHaveURL(/\/no-application/);

  // The link is used up.
  await theirs.context().clearCookies();
  await theirs.goto("about:blank");
  await theirs.goto(new URL(link).pathname + new URL(link).hash);
  await expect(theirs.getByRole("heading", { name: "This invitation does not work" })).toBeVisible();
});

test("a key is made with scopes and limits, changed, rotated with an overlap and revoked; the primary key is shown again", async ({
  browser,
  request,
}) => {
  // Four screens are held against WCAG on the way.
  test.slow();
  const account = await newAccount(request);
  const context = await newBrowser(browser);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(context, { email: account.email, password: PASSWORD });
  const page = await context.newPage();
  await page.goto("/settings/api-keys");
  await expectAccessible(page);
  const dialog = page.getByRole("dialog");
  const secret = async () => {
    await dialog.getByRole("button", { name: "Show", exact: true }).click();
    return (await dialog.locator("[data-secret]").innerText()).trim();
  };

  await page.getByRole("button", { name: "Show primary key" }).click();
  expect(await secret()).toBe(account.application.api_key);
  await dialog.getByRole("button", { name: "I have stored it" }).click();

  await page.getByRole("button", { name: "Create key" }).click();
  await dialog.getByLabel("Name").fill("Nightly export");
  await dialog.getByRole("button", { name: "Read only" }).click();
  await dialog.getByRole("checkbox", { name: /^Mint and revoke share tokens/ }).check();
  await dialog.getByRole("button", { name: /^Session statuses/ }).click();
  await page.getByRole("option", { name: "Approved" }).click();
  await page.keyboard.press("Escape");
  await dialog.getByRole("switch", { name: "May open media" }).click();
  await dialog.getByLabel("Allowed addresses").fill("203.0.113.0/24\nnowhere");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("“nowhere” is no IP address or range.")).toBeVisible();
  await dialog.getByLabel("Allowed addresses").fill("203.0.113.0/24");
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByRole("heading", { name: "“Nightly export” created" })).toBeVisible();
  await expectAccessible(page);
  const first = await secret();
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  const row = page.getByRole("row", { name: /Nightly export/ });
  for (const text of ["11 privileges", "1 address range", "No media", "Approved"])
    await expect(row.getByText(text)).toBeVisible();
  const inside = new Visitor(request, "203.0.113.50");
  const from = (visitor: Visitor, key: string) => visitor.get("/v3/sessions/", undefined, { "x-api-key": key });
  expect((await from(inside, first)).status).toBe(200);
  expect((await withKey(account, first)).status).toBe(403);

  await row.getByRole("button", { name: "Actions for Nightly export" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await expect(dialog.getByLabel("Allowed addresses")).toHaveValue("203.0.113.0/24");
  await dialog.getByLabel("Allowed addresses").fill("");
  await dialog.getByLabel("Name").fill("Daily export");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("row", { name: /Daily export/ })).toBeVisible();
  expect((await withKey(account, first)).status).toBe(200);

  await page.getByRole("button", { name: "Actions for Daily export" }).click();
  await page.getByRole("menuitem", { name: "Rotate" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Rotate key" }).click();
  await expect(dialog.getByText(/The old one works until/)).toBeVisible();
  const second = await secret();
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  expect(second).not.toBe(first);
  for (const key of [first, second]) expect((await withKey(account, key)).status).toBe(200);
  const replaced = page.getByRole("row", { name: /Daily export/ }).filter({ hasText: "Replaced" });
  await replaced.getByRole("button", { name: "Actions for Daily export" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByRole("row", { name: /Daily export/ }).filter({ hasText: "Revoked" })).toBeVisible();
  expect((await withKey(account, first)).status).toBe(401);
  expect((await withKey(account, second)).status).toBe(200);
});

test("agents only read with a key until its switch says more, and again once it is off", async ({
  browser,
  request,
}) => {
  const account = await newAccount(request);
  const context = await newBrowser(browser);
  await signIn(context, { email: account.email, password: PASSWORD });
  const page = await context.newPage();
  await page.goto("/settings/api-keys");
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Create key" }).click();
  await dialog.getByLabel("Name").fill("Coding agent");
  await expect(dialog.getByRole("switch", { name: "Agents may change things" })).not.toBeChecked();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await dialog.getByRole("button", { name: "Show", exact: true }).click();
  const key = (await dialog.locator("[data-secret]").innerText()).trim();
  await dialog.getByRole("button", { name: "I have stored it" }).click();
  const row = page.getByRole("row", { name: /Coding agent/ });
  await expect(row.getByText("Agents write")).toHaveCount(0);
  expect(await toolsOf(key)).not.toContain("mint_share_token");

  const turn = async () => {
    await row.getByRole("button", { name: "Actions for Coding agent" }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await dialog.getByRole("switch", { name: "Agents may change things" }).click();
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await expect(dialog).toBeHidden();
  };
  await turn();
  await expect(row.getByText("Agents write")).toBeVisible();
  expect(await toolsOf(key)).toContain("mint_share_token");
  await turn();
  await expect(row.getByText("Agents write")).toHaveCount(0);
  expect(await toolsOf(key)).not.toContain("mint_share_token");
});

test("an application is created by hand with its ids and key, described, and worked in", async ({
  browser,
  request,
}) => {
  const account = await newAccount(request);
  const context = await newBrowser(browser);
  await signIn(context, { email: account.email, password: PASSWORD });
  const page = await context.newPage();
  await page.goto("/settings/organization");
  await page.getByRole("button", { name: "Create application" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create application" }).click();
  await expect(dialog.getByText("Enter a name.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Onboarding");
  await dialog.getByRole("radio", { name: /^Live/ }).check();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create application" }).click();
  await expect(dialog.getByRole("heading", { name: "“Onboarding” created" })).toBeVisible();
  await dialog.getByRole("button", { name: "Show", exact: true }).click();
  const key = (await dialog.locator("[data-secret]").innerText()).trim();
  expect((await withKey(account, key)).status).toBe(200);
  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: /Onboarding/ });
  await expect(row.getByText("Live")).toBeVisible();

  await row.getByRole("button", { name: "Describe Onboarding" }).click();
  await dialog.getByLabel("Website").fill("shop.example");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByText("Enter a complete address")).toBeVisible();
  await dialog.getByLabel("Website").fill("https://shop.example");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toHaveCount(0);
  const listed = await account.visitor.get(
    `/auth/v2/organizations/me/${account.organisation.uuid}/applications/`,
    account.token,
  );
  expect(listed.json[1]).toMatchObject({
    name: "Onboarding",
    environment: "live",
    website_url: "https://shop.example",
  });
  expect(listed.json[1].api_key).toBe(key);

  await row.getByRole("button", { name: "Work in Onboarding" }).click();
  await expect(page).toHaveURL(/\/sessions/);
  await expect(page.getByRole("button", { name: /Switch application.*Onboarding/ })).toBeVisible();
});
