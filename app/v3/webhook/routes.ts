import * as resendOne from "./destinations/[destinationId]/deliveries/[deliveryId]/resend/route";
import * as delivery from "./destinations/[destinationId]/deliveries/[deliveryId]/route";
import * as resendMany from "./destinations/[destinationId]/deliveries/resend/route";
import * as deliveries from "./destinations/[destinationId]/deliveries/route";
import * as destination from "./destinations/[destinationId]/route";
import * as test from "./destinations/[destinationId]/test/route";
import * as destinations from "./destinations/route";
import * as single from "./route";
import * as tailResults from "./tail/[tailId]/results/route";
import * as tailed from "./tail/[tailId]/route";
import * as tail from "./tail/route";

/** Contract section 5, and the tail. */
export const WEBHOOK_ROUTES = [
  single,
  destinations,
  destination,
  test,
  deliveries,
  resendMany,
  delivery,
  resendOne,
  tail,
  tailed,
  tailResults,
];
