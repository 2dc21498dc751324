import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, expect } from "../../fixtures";

const path = "/v3/session/imports/";

const test = base.extend<{ serve: (content: string) => string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern.
  serve: async ({}, use) => {
    const files = new Map<string, string>();
    const server: Server = createServer((request, response) => {
      const file = files.get(request.url!);
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await use((content) => {
      const name = `/${randomUUID()}`;
      files.set(name, content);
      return origin + name;
    });
    server.close();
  },
});

test("§4.8 a file is brought in row by row, with progress and the reasons of what was refused", async ({
  issuer,
  serve,
  request,
}) => {
  const template = await request.get(`${path}template/`, { headers: { "x-api-key": issuer.side.api_key } });
  expect(template.headers()["content-type"]).toBe("text/csv; charset=utf-8");
  const [head, example] = (await template.text()).trim().split("\r\n");
  const tag = randomBytes(5).toString("hex");
  const row = (number: number) =>
    example!.replace("old-000117", `${tag}-${number}`).replace("customer-000117", `${tag}-v${number}`);
  const file = [head, row(1), row(2), row(3).replace("Approved", "Someday"), row(2)].join("\n");
  const made = await issuer.post(path, {
    source_file_url: serve(file),
    import_type: "user_verification",
    source_format: "csv",
    workflow_id: issuer.side.workflows.user,
  });
  expect(made.status).toBe(201);
  expect(made.json).toMatchObject({ status: "pending", total_rows: null, processed_rows: 0, error: null });
  const own = `${path}${made.json.uuid}/`;
  await expect
    .poll(async () => (await issuer.get(own)).json.status, { timeout: 60_000, intervals: [100] })
    .toBe("completed");
  expect((await issuer.get(own)).json).toMatchObject({
    total_rows: 4,
    processed_rows: 4,
    imported_rows: 2,
    failed_rows: 2,
    progress_percentage: 100,
  });
  const errors = (await issuer.get(`${own}errors/?limit=1`)).json;
  expect(errors).toMatchObject({
    count: 2,
    results: [{ row: 3, errors: [{ field: "status", message: '"Someday" is not a session status.' }] }],
  });
  expect(errors.next).not.toBeNull();
  const stored = (await issuer.get(`/v3/sessions/?vendor_data=${tag}-v1`)).json.results;
  expect(stored).toMatchObject([{ status: "Approved", full_name: "Mira Vela Ortun", country: "ESP" }]);
});

test("§4.8 a file that cannot be had fails the import, by name", async ({ issuer, serve }) => {
  const missing = serve("x").replace(/[^/]+$/, "nothing");
  const order = { source_file_url: missing, import_type: "user_verification", source_format: "ndjson" };
  const { json } = await issuer.post(path, order);
  await expect
    .poll(async () => (await issuer.get(`${path}${json.uuid}/`)).json.status, { timeout: 60_000, intervals: [100] })
    .toBe("failed");
  expect((await issuer.get(`${path}${json.uuid}/`)).json.error).toEqual({
    code: "source_refused",
    detail: "The file's server did not answer with 200.",
  });
});

test("§4.8 each bad field is named", async ({ issuer, receiver }) => {
  const order = {
    source_file_url: "https://files.example/a.csv",
    import_type: "user_verification",
    source_format: "csv",
  };
  const cases: [unknown, number, Record<string, unknown>][] = [
    [
      { source_file_url: "https://files.example/a.csv" },
      400,
      { import_type: ["This field is required."], source_format: ["This field is required."] },
    ],
    [{ ...order, import_type: "transactions" }, 400, { import_type: ['"transactions" is not a valid choice.'] }],
    [{ ...order, source_format: "xlsx" }, 400, { source_format: ['"xlsx" is not a valid choice.'] }],
    [
      { ...order, source_file_url: "https://10.0.0.1/a.csv" },
      400,
      { source_file_url: ["The file's address is not on the public internet."] },
    ],
    [{ ...order, source_file_url: "ftp://files.example/a" }, 400, { source_file_url: ["Enter a valid https:// URL."] }],
    [{ ...order, source_file_url: " " }, 400, { source_file_url: ["This field may not be blank."] }],
    [{ ...order, workflow_id: receiver.side.workflows.user }, 404, { detail: "Workflow not found." }],
    [
      { ...order, workflow_id: issuer.side.workflows.business },
      400,
      { workflow_id: ["Workflow type does not match the import type."] },
    ],
  ];
  for (const [body, status, expected] of cases) {
    const answer = await issuer.post(path, body);
    expect([answer.status, answer.json], JSON.stringify(body)).toEqual([
      status,
      { ...expected, code: expect.any(String) },
    ]);
  }
});
