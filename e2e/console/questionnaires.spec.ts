import { randomUUID } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { colleague } from "../accounts";
import { call, demo, expectAccessible, expectFits } from "./arrange";
import { newDesk, otherPage } from "./desk";

interface Questionnaire {
  uuid: string;
  title: string;
  version: number;
  status: string;
  languages: string[];
  form_elements: {
    id: string;
    element_type: string;
    title: Record<string, string> | null;
    is_required: boolean;
    max_files: number | null;
    choices: { value: string; label: Record<string, string>; requires_text_input: boolean }[];
  }[];
}

async function addQuestion(page: Page, type: string) {
  await page.getByRole("combobox", { name: "Add a question" }).click();
  await page.getByRole("option", { name: type, exact: true }).click();
}

const question = (page: Page, number: number) => page.getByRole("group", { name: `Question ${number}`, exact: true });

test("a questionnaire is written in two languages, published, changed, asked by a workflow and deleted", async ({
  browser,
}) => {
  const { side, page, context } = await newDesk(browser);
  const read = (id: string) => call<Questionnaire>(side, "GET", `/v3/questionnaires/${id}/`);
  await page.goto("/settings/questionnaires");
  await expect(page.getByText("No questionnaires")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Create questionnaire" }).first().click();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("Enter a title.")).toBeVisible();
  await expect(page.getByText("The form asks for nothing: add a question.")).toBeVisible();

  await page.getByLabel("Title", { exact: true }).fill("Source of funds");
  await addQuestion(page, "Heading");
  await addQuestion(page, "One choice");
  await addQuestion(page, "File");
  await question(page, 1).getByLabel("Text").fill("Your money");
  await question(page, 2).getByLabel("Text", { exact: true }).fill("Where does it come from?");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.locator("main").getByRole("alert").last()).toContainText("Question 2: Add at least one choice.");
  await question(page, 2).getByLabel("Text of choice 1").fill("Salary");
  await question(page, 2).getByLabel("Value of choice 1").fill("salary");
  await question(page, 2).getByLabel("Text of choice 2").fill("Something else");
  await question(page, 2).getByRole("checkbox", { name: "With a text of their own" }).nth(1).check();
  await question(page, 2).getByRole("checkbox", { name: "Must be answered" }).check();
  await question(page, 3).getByLabel("Text").fill("Proof");
  await question(page, 3).getByLabel("Files at most").fill("3");
  await expectAccessible(page);

  await page.getByRole("button", { name: /^Languages/ }).click();
  await page.getByPlaceholder("Search").fill("Spanish");
  await page.getByRole("option", { name: "Spanish" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox", { name: "Texts shown in" }).click();
  await page.getByRole("option", { name: "Spanish" }).click();
  await question(page, 2).getByLabel("Text", { exact: true }).fill("¿De dónde viene?");
  await page.getByRole("button", { name: "Move Proof up" }).click();
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page).toHaveURL(/\/settings\/questionnaires\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1)!;
  expect(await read(id)).toMatchObject({
    status: "draft",
    languages: ["en", "es"],
    form_elements: [
      { element_type: "HEADING", title: { en: "Your money" } },
      { element_type: "FILE_UPLOAD", title: { en: "Proof" }, max_files: 3 },
      {
        element_type: "SINGLE_CHOICE",
        title: { en: "Where does it come from?", es: "¿De dónde viene?" },
        is_required: true,
        choices: [
          { value: "salary", label: { en: "Salary" }, requires_text_input: false },
          { value: "Something else", label: { en: "Something else" }, requires_text_input: true },
        ],
      },
    ],
  });
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("button", { name: "Publish version 2" })).toBeVisible();
  expect(await read(id)).toMatchObject({ status: "published", version: 1 });
  await page.getByLabel("Title", { exact: true }).fill("Where the money comes from");
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "Where the money comes from" })).toBeVisible();
  expect((await read(id)).version).toBe(2);

  const workflow = await call<{ workflow_id: string }>(side, "POST", "/v3/workflows/", {
    workflow_label: "Asks it",
    features: ["OCR", { feature: "QUESTIONNAIRE", config: { questionnaire_uuid: id } }],
  });
  await page.reload();
  await expect(page.getByRole("link", { name: "Asks it" })).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByText("A workflow asks it: Asks it.", { exact: false })).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Delete questionnaire" })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "Asks it" }).click();
  await page.getByRole("button", { name: "Remove Questionnaire" }).click();
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.getByText("Removed: Questionnaire")).toBeVisible();
  expect(page.url()).toContain(workflow.workflow_id);

  await page.goto(`/settings/questionnaires/${id}`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete questionnaire" }).click();
  await expect(page).toHaveURL(/\/settings\/questionnaires$/);
  await expect(page.getByText("No questionnaires")).toBeVisible();
  await page.goto(`/settings/questionnaires/${id}`);
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  await context.close();
});

const FORM = { title: "Funds", form_elements: [{ element_type: "SHORT_TEXT", title: "Why?" }] };

test("a change over somebody else's is refused, and who may not write looks on", async ({ browser }) => {
  const { account, side, page, context } = await newDesk(browser);
  const { uuid } = await call<Questionnaire>(side, "POST", "/v3/questionnaires/", FORM);
  await page.goto(`/settings/questionnaires/${uuid}`);
  await page.getByLabel("Title", { exact: true }).fill("Mine");
  await call(side, "PATCH", `/v3/questionnaires/${uuid}/`, { title: "Theirs" });
  await page.getByRole("button", { name: "Publish version 2" }).click();
  await expect(page.locator("main").getByRole("alert")).toContainText("Somebody changed this questionnaire meanwhile");
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Mine");
  await page.getByRole("button", { name: "Show how it stands" }).click();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Theirs");

  const reader = await otherPage(browser, await colleague(account, "reader"));
  await reader.goto("/settings/questionnaires");
  await expect(reader.getByRole("link", { name: "Create questionnaire" })).toHaveCount(0);
  await reader.getByRole("table", { name: "Questionnaires" }).getByRole("link", { name: "Theirs" }).click();
  await expect(reader.getByText("You can look at questionnaires.", { exact: false })).toBeVisible();
  for (const name of [/Publish/, /^Delete/, /^Move/, /^Remove/])
    await expect(reader.getByRole("button", { name })).toHaveCount(0);
  await expectAccessible(reader);
  await reader.goto("/settings/questionnaires/new");
  await expect(reader.getByRole("heading", { name: "Your role does not open this page" })).toBeVisible();

  const stranger = await otherPage(browser, demo().stranger);
  for (const id of [uuid, randomUUID(), "nonsense"]) {
    await stranger.goto(`/settings/questionnaires/${id}`);
    await expect(stranger.getByRole("heading", { name: "Page not found" })).toBeVisible();
  }
  for (const one of [context, reader.context(), stranger.context()]) await one.close();
});

test("the screens of questionnaires are accessible and fit", async ({ browser }) => {
  const { side, page, context } = await newDesk(browser);
  const { uuid } = await call<Questionnaire>(side, "POST", "/v3/questionnaires/", {
    ...FORM,
    form_elements: [
      ...FORM.form_elements,
      { element_type: "MULTIPLE_CHOICE", title: "Which?", choices: ["One", "Another with a rather long text"] },
      { element_type: "SEPARATOR" },
      { element_type: "CONSENT", title: "I agree" },
    ],
  });
  for (const path of ["", "/new", `/${uuid}`]) {
    await page.goto(`/settings/questionnaires${path}`);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
    await expectFits(page);
    await page.setViewportSize({ width: 1440, height: 844 });
  }
  await context.close();
});
