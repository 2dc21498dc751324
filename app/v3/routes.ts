import type { ApiRoute } from "@/lib/route";
import * as decision from "./session/[sessionId]/decision/route";
import * as erase from "./session/[sessionId]/delete/route";
import * as share from "./session/[sessionId]/share/route";
import * as updateStatus from "./session/[sessionId]/update-status/route";
import * as importShared from "./session/import-shared/route";
import * as bringIn from "./session/imports/route";
import * as createSession from "./session/route";
import * as eraseMany from "./sessions/delete/route";
import * as sessions from "./sessions/route";
import * as revoke from "./share-tokens/[shareTokenId]/revoke/route";
import * as inspect from "./share-tokens/inspect/route";
import { WEBHOOK_ROUTES } from "./webhook/routes";
import * as workflow from "./workflows/[workflowId]/route";
import * as workflows from "./workflows/route";

/** Every public route, literal paths before those with a parameter. A test compares this table with the folders. */
export const API_ROUTES: readonly ApiRoute[] = [
  createSession,
  importShared,
  bringIn,
  sessions,
  eraseMany,
  workflows,
  workflow,
  inspect,
  revoke,
  share,
  decision,
  erase,
  updateStatus,
  ...WEBHOOK_ROUTES,
].flatMap((module) => Object.values(module) as ApiRoute[]);
