import type { ApiRoute } from "@/lib/route";
import * as balance from "./billing/balance/route";
import * as topUp from "./billing/top-up/route";
import * as blocklistAdd from "./blocklist/add/route";
import * as blocklistRemove from "./blocklist/remove/route";
import * as blocklist from "./blocklist/route";
import * as business from "./businesses/[vendorData]/route";
import * as businessStatus from "./businesses/[vendorData]/update-status/route";
import * as createBusiness from "./businesses/create/route";
import * as deleteBusinesses from "./businesses/delete/route";
import * as businesses from "./businesses/route";
import * as listEntry from "./lists/[listId]/entries/[entryId]/route";
import * as listFace from "./lists/[listId]/entries/face-upload/route";
import * as listEntries from "./lists/[listId]/entries/route";
import * as list from "./lists/[listId]/route";
import * as lists from "./lists/route";
import * as partnerAgreements from "./partners/[applicationId]/agreements/route";
import * as partnerAutomation from "./partners/[applicationId]/automation/route";
import * as partnerPolicy from "./partners/[applicationId]/policy/route";
import * as tryPartnerPolicy from "./partners/[applicationId]/policy/try/route";
import * as relation from "./partners/[applicationId]/relation/route";
import * as revokeShares from "./partners/[applicationId]/revoke-shares/route";
import * as partner from "./partners/[applicationId]/route";
import * as confirmTrust from "./partners/[applicationId]/trust/confirm/route";
import * as declineTrust from "./partners/[applicationId]/trust/decline/route";
import * as partnerTrust from "./partners/[applicationId]/trust/route";
import * as invitePartner from "./partners/invite/route";
import * as partnerLink from "./partners/links/[linkId]/route";
import * as acceptPartnerLink from "./partners/links/accept/route";
import * as partnerLinks from "./partners/links/route";
import * as partners from "./partners/route";
import * as approvePullRequest from "./pull-requests/[pullRequestId]/approve/route";
import * as declinePullRequest from "./pull-requests/[pullRequestId]/decline/route";
import * as pullRequests from "./pull-requests/route";
import * as questionnaire from "./questionnaires/[questionnaireId]/route";
import * as questionnaires from "./questionnaires/route";
import * as assignCases from "./review-queue/assign/route";
import * as prioritiseCases from "./review-queue/priority/route";
import * as cases from "./review-queue/route";
import * as takeNextCase from "./review-queue/take-next/route";
import * as bulkUpdateHits from "./session/[sessionId]/bulk-update-aml-hit-status/route";
import * as decision from "./session/[sessionId]/decision/route";
import * as erase from "./session/[sessionId]/delete/route";
import * as updateStep from "./session/[sessionId]/features/[nodeId]/update-status/route";
import * as report from "./session/[sessionId]/generate-pdf/route";
import * as updateCompany from "./session/[sessionId]/kyb/[companyId]/update-data/route";
import * as updateParty from "./session/[sessionId]/kyb/parties/[partyId]/route";
import * as arm from "./session/[sessionId]/sandbox/arm/route";
import * as complete from "./session/[sessionId]/sandbox/complete/route";
import * as revokeSession from "./session/[sessionId]/share/revoke/route";
import * as share from "./session/[sessionId]/share/route";
import * as updateHit from "./session/[sessionId]/update-aml-hit-status/route";
import * as updateData from "./session/[sessionId]/update-data/route";
import * as updatePoaData from "./session/[sessionId]/update-poa-data/route";
import * as updateStatus from "./session/[sessionId]/update-status/route";
import * as importShared from "./session/import-shared/route";
import * as bulkImportErrors from "./session/imports/[importId]/errors/route";
import * as bulkImport from "./session/imports/[importId]/route";
import * as bringIn from "./session/imports/route";
import * as bulkImportTemplate from "./session/imports/template/route";
import * as createSession from "./session/route";
import * as sessionReviews from "./sessions/[sessionId]/reviews/route";
import * as eraseMany from "./sessions/delete/route";
import * as sessions from "./sessions/route";
import * as revoke from "./share-tokens/[shareTokenId]/revoke/route";
import * as exportLedger from "./share-tokens/export/route";
import * as acknowledgeToken from "./share-tokens/inbox/[shareTokenId]/acknowledge/route";
import * as inboxItem from "./share-tokens/inbox/[shareTokenId]/route";
import * as inbox from "./share-tokens/inbox/route";
import * as inspect from "./share-tokens/inspect/route";
import * as preview from "./share-tokens/preview/route";
import * as ledger from "./share-tokens/route";
import * as answerStepRequest from "./step-requests/[requestId]/answer/route";
import * as askForSteps from "./step-requests/[requestId]/ask-again/route";
import * as stepRequests from "./step-requests/route";
import * as userReport from "./users/[vendorData]/generate-pdf/route";
import * as user from "./users/[vendorData]/route";
import * as userStatus from "./users/[vendorData]/update-status/route";
import * as createUser from "./users/create/route";
import * as deleteUsers from "./users/delete/route";
import * as users from "./users/route";
import { WEBHOOK_ROUTES } from "./webhook/routes";
import * as workflow from "./workflows/[workflowId]/route";
import * as workflows from "./workflows/route";

/** Every public route, literal paths before those with a parameter. A test compares this table with the folders. */
export const API_ROUTES: readonly ApiRoute[] = [
  createSession,
  importShared,
  bringIn,
  bulkImportTemplate,
  bulkImport,
  bulkImportErrors,
  sessions,
  eraseMany,
  cases,
  takeNextCase,
  assignCases,
  prioritiseCases,
  workflows,
  workflow,
  users,
  createUser,
  deleteUsers,
  userStatus,
  userReport,
  user,
  businesses,
  createBusiness,
  deleteBusinesses,
  businessStatus,
  business,
  lists,
  list,
  listEntries,
  listFace,
  listEntry,
  partners,
  partnerAgreements,
  invitePartner,
  partnerLinks,
  acceptPartnerLink,
  partnerLink,
  partner,
  relation,
  revokeShares,
  partnerAutomation,
  partnerPolicy,
  tryPartnerPolicy,
  partnerTrust,
  confirmTrust,
  declineTrust,
  questionnaires,
  questionnaire,
  balance,
  topUp,
  blocklist,
  blocklistAdd,
  blocklistRemove,
  inbox,
  inboxItem,
  acknowledgeToken,
  ledger,
  exportLedger,
  inspect,
  preview,
  revoke,
  pullRequests,
  approvePullRequest,
  declinePullRequest,
  stepRequests,
  answerStepRequest,
  askForSteps,
  share,
  revokeSession,
  decision,
  erase,
  report,
  arm,
  complete,
  sessionReviews,
  updateData,
  updatePoaData,
  updateStep,
  updateHit,
  bulkUpdateHits,
  updateParty,
  updateCompany,
  updateStatus,
  ...WEBHOOK_ROUTES,
].flatMap((module) => Object.values(module) as ApiRoute[]);
