import type { Page } from "@playwright/test";
import { expect, test } from "../api/05-webhooks/sink";
import type { Caller } from "../fixtures";
import { expectAccessible } from "./arrange";

test.use({ storageState: { cookies: [], origins: [] } });

const BACK = "https://shop.example/back";

async function create(caller: Caller, more: Record<string, unknown> = {}) {
  const answer = await caller.post("/v3/session/", { workflow_id: caller.side.workflows.user, ...more });
  expect(answer.status, answer.text).toBe(201);
  return answer.json as { session_id: string; session_token: string; url: string };
}

/** The shop's own page, which is not on this machine. */
const standIn = (page: Page) =>
  page.route(`${BACK}**`, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Back in the shop</h1>" }));

const stepNamed = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

test("a person walks through a session, is asked for a step again, and redoes it", async ({ page, issuer, sink }) => {
  await sink.subscribe(issuer, ["status.updated"]);
  await standIn(page);
  const { session_id, session_token } = await create(issuer, {
    callback: BACK,
    expected_details: { first_name: "Mira", last_name: "Vela", nationality: "PRT" },
  });
  const told = (status: string) => sink.waitFor(({ json }) => json.session_id === session_id && json.status === status);

  await page.goto(`/session/${session_token}`);
  await expect(page.getByRole("heading", { level: 1, name: "Verify your identity" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Start" }).click();
  await told("In Progress");

  const document = stepNamed(page, "Identity document");
  await expect(document).toHaveAttribute("aria-current", "step");
  await expect(document.getByRole("heading", { name: "Identity document" })).toBeFocused();
  await document.getByRole("radio", { name: "Declined" }).click();
  await document.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: "The document looks altered" }).click();
  await expectAccessible(page);
  await document.getByRole("button", { name: "Continue" }).click();
  await expect(document.getByText("Declined", { exact: true })).toBeVisible();

  // A file of one's own, chosen with the keyboard alone.
  const camera = stepNamed(page, "Look into the camera");
  await expect(camera.getByRole("heading", { name: "Look into the camera" })).toBeFocused();
  await page.keyboard.press("Tab");
  // A key is held for a moment, and what has the focus while it is held is chosen.
  await page.keyboard.down("ArrowDown");
  await expect(camera.getByRole("radio", { name: "A file of my own" })).toBeFocused();
  await page.keyboard.up("ArrowDown");
  await expect(camera.getByRole("radio", { name: "A file of my own" })).toBeChecked();
  await camera.getByRole("button", { name: "Continue" }).click();
  await expect(camera.getByText("Choose a file.")).toBeVisible();
  const picture = await page.screenshot({ type: "jpeg" });
  await camera
    .getByLabel("Picture")
    .setInputFiles({ name: "note.txt", mimeType: "text/plain", buffer: Buffer.from("no") });
  await expect(camera.getByText("This file is none of the kinds that are taken.")).toBeVisible();
  await camera.getByLabel("Picture").setInputFiles({ name: "me.jpg", mimeType: "image/jpeg", buffer: picture });
  await expectAccessible(page);
  await camera.getByRole("button", { name: "Continue" }).click();
  await expect(camera.getByText("Approved", { exact: true })).toBeVisible();

  // Leaving and coming back by the same link loses nothing.
  await page.reload();
  for (;;) {
    const current = page.locator("li[aria-current=step]");
    await expect(current.or(page.getByRole("button", { name: "Finish", exact: true }))).toBeVisible();
    if ((await current.count()) === 0) break;
    const node = await current.getByRole("heading").textContent();
    await current.getByRole("button", { name: "Continue" }).click();
    await expect(stepNamed(page, node!)).not.toHaveAttribute("aria-current", "step");
  }
  await expectAccessible(page);
  await page.getByRole("button", { name: "Finish", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "You are done" })).toBeVisible();
  await page.waitForURL(`${BACK}?verificationSessionId=${session_id}&status=Declined`);

  const declined = await told("Declined");
  expect(declined.json.decision.id_verifications[0]).toMatchObject({
    full_name: "Mira Vela",
    status: "Declined",
    warnings: [{ risk: "POSSIBLE_FRAUD" }],
  });
  const media = await issuer.get(declined.json.decision.liveness_checks[0].reference_image);
  expect(Buffer.byteLength(picture)).toBe(Number(media.headers["content-length"] ?? picture.byteLength));

  await issuer.patch(`/v3/session/${session_id}/update-status/`, {
    new_status: "Resubmitted",
    nodes_to_resubmit: [{ node_id: "feature_ocr", feature: "OCR" }],
  });
  await told("Resubmitted");
  await page.goto(`/session/${session_token}`);
  await expect(page.getByRole("heading", { level: 1, name: "One step is needed again" })).toBeVisible();
  await expect(page.getByRole("listitem")).toHaveCount(1);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Finish", exact: true }).click();
  await page.waitForURL(`${BACK}?verificationSessionId=${session_id}&status=Approved`);
  const approved = await told("Approved");
  expect(approved.json.decision.id_verifications).toMatchObject([
    { full_name: "Mira Vela", status: "Approved", warnings: [] },
  ]);

  await page.goto(`/session/${session_token}`);
  await expect(page.getByRole("heading", { level: 1, name: "You are done" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Back to shop.example" })).toHaveAttribute(
    "href",
    new RegExp(`^${BACK}`),
  );
  await expectAccessible(page);
});

test("the short way ends a session as chosen or by its scenario, in the session's language", async ({
  page,
  issuer,
}) => {
  const declined = await create(issuer, { language: "pt-BR" });
  await page.goto(`/session/${declined.session_token}`);
  await page.getByRole("button", { name: "Concluir como Declined" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Você terminou" })).toBeVisible();
  await expect(page.getByText("Recusada")).toBeVisible();

  const armed = await create(issuer, { language: "es", sandbox_scenario: "review_aml_possible_match" });
  await page.goto(`/session/${armed.session_token}`);
  await expect(page.getByText("review_aml_possible_match")).toBeVisible();
  await page.getByRole("button", { name: "Terminar según el escenario" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Ha terminado" })).toBeVisible();
  const { status } = (await issuer.get(`/v3/session/${armed.session_id}/decision/`)).json;
  expect(status).toBe("In Review");
});

test("two tabs that finish at once see one result", async ({ context, issuer }) => {
  const { session_id, session_token } = await create(issuer);
  const [one, two] = await Promise.all([context.newPage(), context.newPage()]);
  await Promise.all([one.goto(`/session/${session_token}`), two.goto(`/session/${session_token}`)]);
  await Promise.all([
    one.getByRole("button", { name: "Finish as Approved" }).click(),
    two.getByRole("button", { name: "Finish as Declined" }).click(),
  ]);
  for (const tab of [one, two])
    await expect(tab.getByRole("heading", { level: 1, name: "You are done" })).toBeVisible();
  const { status } = (await issuer.get(`/v3/session/${session_id}/decision/`)).json;
  for (const tab of [one, two]) await expect(tab.getByText(status, { exact: true })).toBeVisible();
});

test("a link that opens nothing says so, on a phone as well", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/session/AAAAAAAAAAAA");
  await expect(page.getByRole("heading", { level: 1, name: "This link is not valid" })).toBeVisible();
  await expectAccessible(page);
});
