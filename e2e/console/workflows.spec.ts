import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { colleague } from "../accounts";
import { call, demo, expectAccessible, expectFits, finishedSession, signIn } from "./arrange";
import { newDesk, otherPage } from "./desk";

interface Workflow {
  uuid: string;
  workflow_id: string;
  workflow_label: string;
  features: string[];
  version: number;
  status: string;
  has_draft: boolean;
  is_default: boolean;
  session_expiration_time: number;
  retry_window_days: number | null;
  feature_configs: { feature: string; label: string | null; config: Record<string, unknown> }[];
}

const steps = (page: Page) => page.getByRole("list", { name: "Steps", exact: true }).getByRole("listitem");

async function addStep(page: Page, name: string) {
  await page.getByRole("combobox", { name: "Add a step" }).click();
  await page.getByRole("option", { name }).click();
}

async function act(page: Page, item: string) {
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

test("a workflow is made, ordered, drafted, published, made the default and archived", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  const read = (id: string) => call<Workflow>(side, "GET", `/v3/workflows/${id}/`);
  await page.goto("/settings/workflows");
  await page.getByRole("link", { name: "Create workflow" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "New workflow" })).toBeVisible();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Enter a name.")).toBeVisible();
  await expect(page.getByText("Add at least one step.")).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Name", { exact: true }).fill("Onboarding — ñ “٤٢”");
  await addStep(page, "Face match");
  await addStep(page, "ID document");
  await expect(page.getByText("ID document has to come before Face match, which reads what it found.")).toBeVisible();
  const up = page.getByRole("button", { name: "Move ID document up" });
  await up.focus();
  await page.keyboard.press("Enter");
  await expect(steps(page)).toHaveText([/ID document/, /Face match/]);
  await expect(page.getByText("ID document is now number 1 of 2")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Move ID document down" })).toBeFocused();
  await addStep(page, "AML screening");
  await page.getByText("Options of AML screening").click();
  const aml = steps(page).filter({ hasText: "AML" });
  await aml.getByLabel("Options as JSON").fill("{ not json");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(aml.getByText("This is no JSON object.")).toBeVisible();
  await aml.getByLabel("Options as JSON").fill('{"aml_decline_threshold": 80}');
  await page.getByLabel("A session expires after").fill("3");
  await page.getByLabel("Within days").fill("");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/settings\/workflows\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1)!;
  expect(await read(id)).toMatchObject({
    workflow_label: "Onboarding — ñ “٤٢”",
    features: ["OCR", "FACE_MATCH", "AML"],
    version: 1,
    status: "published",
    session_expiration_time: 3 * 24 * 60,
    retry_window_days: null,
    feature_configs: [{}, {}, { feature: "AML", config: { aml_decline_threshold: 80 } }],
  });

  await expect(page.getByText("The first version.")).toBeVisible();
  await page.getByRole("button", { name: "Remove AML screening" }).click();
  await expect(page.getByRole("button", { name: "Remove Face match" })).toBeFocused();
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("This is the draft of version 2. Sessions still land in version 1.")).toBeVisible();
  expect(await read(id)).toMatchObject({ version: 1, has_draft: true, features: ["OCR", "FACE_MATCH", "AML"] });
  await addStep(page, "Phone");
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByText("Removed: AML screening")).toBeVisible();
  await expect(page.getByText("Added: Phone")).toBeVisible();
  expect(await read(id)).toMatchObject({
    version: 2,
    has_draft: false,
    features: ["OCR", "FACE_MATCH", "PHONE_VERIFICATION"],
  });
  await expectAccessible(page);

  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("This is the draft of version 3.", { exact: false })).toBeVisible();
  await act(page, "Discard draft");
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard draft" }).click();
  await expect(page.getByText("This is the draft", { exact: false })).toHaveCount(0);

  await act(page, "Make it the default");
  await expect(page.getByText("Default", { exact: true })).toBeVisible();
  expect((await read(id)).is_default).toBe(true);
  await act(page, "Archive");
  const confirm = page.getByRole("alertdialog");
  await confirm.getByRole("button", { name: "Archive" }).click();
  await expect(confirm.getByRole("alert")).toContainText("Make another one the default first.");
  await expectAccessible(page);
  await confirm.getByRole("button", { name: "Cancel" }).click();

  const { results } = await call<{ results: Workflow[] }>(side, "GET", "/v3/workflows/?limit=200");
  const other = results.find((one) => one.workflow_id !== id && one.features.includes("OCR"))!;
  await page.goto(`/settings/workflows/${other.workflow_id}`);
  await act(page, "Make it the default");
  await expect(page.getByText("Default", { exact: true })).toBeVisible();
  await page.goto(`/settings/workflows/${id}`);
  await act(page, "Archive");
  await confirm.getByRole("button", { name: "Archive" }).click();
  await expect(page).toHaveURL(/\/settings\/workflows$/);
  const table = page.getByRole("table", { name: "Workflows" });
  await expect(table.getByText("Onboarding", { exact: false })).toHaveCount(0);
  await page.getByRole("radio", { name: "Archived" }).click();
  await table.getByRole("link", { name: "Onboarding", exact: false }).click();
  await expect(page.getByText("This workflow is archived", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish", exact: false })).toHaveCount(0);
  await context.close();
});

test("a change over somebody else's is refused and loses nothing that is typed", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  const made = await call<Workflow>(side, "POST", "/v3/workflows/", { workflow_label: "Shared", features: ["OCR"] });
  await page.goto(`/settings/workflows/${made.workflow_id}`);
  await page.getByLabel("Name", { exact: true }).fill("Mine");
  await call(side, "PATCH", `/v3/workflows/${made.workflow_id}/`, { workflow_label: "Theirs", status: "published" });
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("Somebody changed this workflow meanwhile");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Mine");
  await expectAccessible(page);
  expect(await call<Workflow>(side, "GET", `/v3/workflows/${made.workflow_id}/`)).toMatchObject({
    workflow_label: "Theirs",
    version: 2,
  });
  await page.getByRole("button", { name: "Show how it stands" }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Theirs");
  await page.getByLabel("Name", { exact: true }).fill("Mine");
  await page.getByRole("button", { name: "Publish version 3" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Mine" })).toBeVisible();
  await context.close();
});

test("a workflow for companies asks a questionnaire, and leads to the sessions that are in it", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  const { uuid } = await call<{ uuid: string }>(side, "POST", "/v3/questionnaires/", {
    title: "Ownership",
    form_elements: [{ element_type: "SHORT_TEXT", title: "Who owns it?" }],
  });
  await page.goto("/settings/workflows/new");
  await page.getByLabel("Name", { exact: true }).fill("Companies");
  await page.getByRole("radio", { name: "Companies (KYB)" }).click();
  await addStep(page, "Questionnaire");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("needs a step about the company", { exact: false })).toBeVisible();
  await addStep(page, "Company registry");
  await page.getByRole("combobox", { name: "Questionnaire" }).click();
  await page.getByRole("option", { name: "Ownership" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page).toHaveURL(/\/settings\/workflows\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1)!;
  const stored = await call<Workflow>(side, "GET", `/v3/workflows/${id}/`);
  expect(stored.feature_configs[0]).toMatchObject({ feature: "QUESTIONNAIRE", config: { questionnaire_uuid: uuid } });
  await expect(page.getByText("None yet")).toBeVisible();

  const user = (await call<{ results: Workflow[] }>(side, "GET", "/v3/workflows/")).results.find((one) =>
    one.features.includes("OCR"),
  )!;
  await finishedSession(side, "user", "Uma Solberg");
  await page.goto(`/settings/workflows/${user.workflow_id}`);
  await page.getByRole("link", { name: "1 session" }).click();
  await expect(page).toHaveURL(new RegExp(`/sessions\\?workflow=${user.workflow_id}`));
  await expect(page.getByRole("table").getByText("Uma Solberg")).toBeVisible();
  await context.close();
});

test("who may not write looks on, and another's workflow is not there", async ({ browser }) => {
  const { account, side, page, context } = await newDesk(browser);
  const [made] = (await call<{ results: Workflow[] }>(side, "GET", "/v3/workflows/")).results;
  const reader = await otherPage(browser, await colleague(account, "reader"));
  await reader.goto("/settings/workflows");
  await expect(reader.getByRole("link", { name: "Create workflow" })).toHaveCount(0);
  await reader.getByRole("table", { name: "Workflows" }).getByRole("link").first().click();
  await expect(reader.getByText("You can look at workflows.", { exact: false })).toBeVisible();
  await expect(reader.getByLabel("Name", { exact: true })).toHaveAttribute("readonly", "");
  for (const name of [/Publish/, /draft/, /^Actions for/, /^Move/, /^Remove/])
    await expect(reader.getByRole("button", { name })).toHaveCount(0);
  await expectAccessible(reader);
  await reader.goto("/settings/workflows/new");
  await expect(reader.getByRole("heading", { name: "Your role does not open this page" })).toBeVisible();

  const stranger = await otherPage(browser, demo().stranger);
  for (const id of [made!.workflow_id, made!.uuid, randomUUID(), "nonsense"]) {
    await stranger.goto(`/settings/workflows/${id}`);
    await expect(stranger.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  await page.goto(`/settings/workflows/${made!.uuid}`);
  await expect(page.getByRole("heading", { level: 2, name: made!.workflow_label })).toBeVisible();
  for (const one of [context, reader.context(), stranger.context()]) await one.close();
});

test("the screens of workflows are accessible", async ({ browser }) => {
  const context = await browser.newContext();
  await signIn(context, demo().issuer);
  const page = await context.newPage();
  await page.goto("/settings/workflows");
  await expectAccessible(page);
  await page.getByRole("table", { name: "Workflows" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 2, name: "Versions" })).toBeVisible();
  await page.getByText("Options of", { exact: false }).first().click();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  const tab = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Workflows" });
  await page.reload();
  await expect(tab).toBeInViewport({ ratio: 1 });
  await expectFits(page);
  await page.goto("/settings/members");
  await expect(page.getByRole("link", { name: "Members", exact: true })).toBeInViewport({ ratio: 1 });
  await context.close();
});
