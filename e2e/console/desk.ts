import type { Browser, BrowserContext, Page } from "@playwright/test";
import { type Account, newAccount, newAddress, PASSWORD } from "../accounts";
import { type Side, signIn } from "./arrange";

export interface Desk {
  account: Account;
  side: Side;
  context: BrowserContext;
  page: Page;
}

/** An application of the test's own, and a browser in which its owner is signed in. */
export async function newDesk(browser: Browser): Promise<Desk> {
  const context = await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newAddress() } });
  const account = await newAccount(context.request);
  const page = await signedIn(context, { email: account.email, password: PASSWORD });
  const side = { application_id: account.application.uuid, api_key: account.application.api_key } as Side;
  return { account, side, context, page };
}

/** Another browser, in which somebody else is signed in. */
export async function otherPage(browser: Browser, who: { email: string; password: string }): Promise<Page> {
  return signedIn(await browser.newContext({ extraHTTPHeaders: { "x-forwarded-for": newAddress() } }), who);
}

async function signedIn(context: BrowserContext, who: { email: string; password: string }): Promise<Page> {
  await signIn(context, who);
  return context.newPage();
}
