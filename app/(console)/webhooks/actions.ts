"use server";

import { z } from "zod";
import {
  createDestination,
  type DestinationView,
  deleteDestination,
  updateDestination,
} from "@/domain/webhooks/destinations";
import {
  ResendInput,
  ResendSelected,
  resendDeliveries,
  resendDelivery,
  resendSelected,
} from "@/domain/webhooks/resend";
import { DestinationChanges, DestinationInput } from "@/domain/webhooks/rules";
import { sendTest, TestInput } from "@/domain/webhooks/test-delivery";
import { AnswerInput, addTestReceiver, setTestAnswer } from "@/domain/webhooks/test-receiver";
import { action } from "@/lib/action";
import { toAttemptItem, toDeliveryDetail } from "./items";

const Destination = z.object({ destinationId: z.uuid() });

const made = ({ destination, secret }: { destination: DestinationView; secret: string | null }) => ({
  id: destination.id,
  label: destination.label,
  secret,
  previousSecretUntil: destination.previousSecretUntil?.toISOString() ?? null,
});

export const createDestinationAction = action(DestinationInput, async (actor, input) =>
  made(await createDestination(actor, input)),
);

export const updateDestinationAction = action(DestinationChanges.extend(Destination.shape), async (actor, input) =>
  made(await updateDestination(actor, input)),
);

export const deleteDestinationAction = action(Destination, deleteDestination);

export const sendTestAction = action(TestInput, async (actor, input) => toDeliveryDetail(await sendTest(actor, input)));

export const resendDeliveryAction = action(Destination.extend({ deliveryId: z.uuid() }), async (actor, input) =>
  toAttemptItem(await resendDelivery(actor, input)),
);

export const resendSelectedAction = action(ResendSelected, resendSelected);

export const resendFailedAction = action(ResendInput, resendDeliveries);

export const addTestReceiverAction = action(z.object({}), async (actor) => made(await addTestReceiver(actor)));

export const setTestAnswerAction = action(AnswerInput, setTestAnswer);
