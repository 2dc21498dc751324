import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, person, test } from "../../fixtures";

// A typed client made of /openapi.json by a public generator, used as it came out.

const server = process.env.AVAL_BASE_URL ?? "http://127.0.0.1:3000";

/** What an integrator writes against the generated client: types are checked, then it runs. */
const PROGRAM = `
import { defaults, getSessions, postSessionBySessionIdShare, postSessionImportShared } from "./client.ts";

defaults.baseUrl = process.env.AVAL_BASE_URL!;
const as = (key: string) => ({ headers: { "x-api-key": key } });
const issuer = as(process.env.ISSUER_KEY!);
const receiver = as(process.env.RECEIVER_KEY!);

const page = await getSessions({ vendorData: process.env.VENDOR_DATA! }, issuer);
if (page.status !== 200) throw new Error(page.data.code);
const sessionId: string = page.data.results[0]!.session_id;

const minted = await postSessionBySessionIdShare(
  sessionId,
  { for_application_id: process.env.RECEIVER_ID!, ttl_in_seconds: 600 },
  { idempotencyKey: \`mint-\${sessionId}\` },
  issuer,
);
if (minted.status !== 201) throw new Error(minted.data.code);
const kind: "user" | "business" = minted.data.session_kind;

const redeem = () =>
  postSessionImportShared(
    { share_token: minted.data.share_token, trust_review: true },
    {},
    receiver,
  );
const imported = await redeem();
if (imported.status !== 201) throw new Error(imported.data.code);
const trusted: boolean = imported.data.trust.effective;
const repeated = await redeem();
const code: string | null = repeated.status === 403 ? repeated.data.code : null;

// Wrong calls do not compile.
export const wrong = [
  // @ts-expect-error a share token is required
  () => postSessionImportShared({}, {}, receiver),
  // @ts-expect-error seconds are a number
  () => postSessionBySessionIdShare(sessionId, { ttl_in_seconds: "600" }, {}, issuer),
  // @ts-expect-error what minting answers has no session
  () => minted.data.session_id,
];

console.log(JSON.stringify({ sessionId, kind, trusted, from: imported.data.shared_from_session, code }));
`;

const run = (command: string, args: string[], env: Record<string, string> = {}) =>
  execFileSync(process.execPath, [join("node_modules", command), ...args], {
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    encoding: "utf8",
  });

test("§9 a typed client comes out of /openapi.json without edits, type-checks, mints and imports", async ({
  request,
  demo,
  issuer,
}) => {
  const given = person();
  const sessionId = await issuer.bringIn(given);
  // Inside the project, where what the client imports is found, and outside of what is checked with the project.
  mkdirSync(".build", { recursive: true });
  const folder = mkdtempSync(join(".build", "typed-client-"));
  try {
    writeFileSync(join(folder, "openapi.json"), await (await request.get("/openapi.json")).text());
    run("oazapfts/dist/cli.js", [join(folder, "openapi.json"), join(folder, "client.ts")]);
    writeFileSync(join(folder, "program.ts"), PROGRAM);
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
          target: "es2023",
          module: "esnext",
          moduleResolution: "bundler",
          allowImportingTsExtensions: true,
          lib: ["es2023", "dom"],
          types: ["node"],
        },
        include: ["*.ts"],
      }),
    );
    run("typescript/bin/tsc", ["-p", folder]);
    const said = run("tsx/dist/cli.mjs", [join(folder, "program.ts")], {
      AVAL_BASE_URL: server,
      ISSUER_KEY: demo.issuer.api_key,
      RECEIVER_KEY: demo.receiver.api_key,
      RECEIVER_ID: demo.receiver.application_id,
      VENDOR_DATA: given.vendor_data as string,
    });
    expect(JSON.parse(said)).toEqual({
      sessionId,
      kind: "user",
      trusted: expect.any(Boolean),
      from: sessionId,
      code: "already_imported",
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
