import { inTenant } from "@/db/client";
import { enqueue } from "@/domain/outbox/enqueue";
import type { SessionStatus } from "@/domain/sessions/rules";
import { newApplication, newPerson, type TestApplication } from "@/domain/testing";
import { createDestination } from "@/domain/webhooks/destinations";
import type { Receiver } from "./processes";
import { type Behaviour, HOSTILE } from "./protocol";

export interface Destination {
  id: string;
  behaviour: Behaviour;
}

export interface Tenant {
  application: TestApplication;
  sessionIds: string[];
}

/** Every fifth is hostile, each in another way. */
export const behavioursOf = (count: number): Behaviour[] =>
  Array.from({ length: count }, (_, index) =>
    index % 5 === 4 ? HOSTILE[Math.floor(index / 5) % HOSTILE.length]! : "healthy",
  );

/** Applications with sessions, and the destinations dealt out among them. */
export async function layOut(
  receiver: Receiver,
  behaviours: Behaviour[],
  { applications, sessions }: { applications: number; sessions: number },
): Promise<{ tenants: Tenant[]; destinations: Destination[] }> {
  const tenants: Tenant[] = [];
  for (let count = 0; count < applications; count++) {
    const application = await newApplication();
    const sessionIds: string[] = [];
    for (let made = 0; made < sessions; made++) sessionIds.push((await newPerson(application)).id);
    tenants.push({ application, sessionIds });
  }
  const destinations: Destination[] = [];
  const secrets: string[] = [];
  for (const [index, behaviour] of behaviours.entries()) {
    // Neighbours share an application, so that a hostile one has a healthy one beside it.
    const { application } = tenants[Math.floor((index * applications) / behaviours.length)]!;
    const { destination, secret } = await createDestination(application.actor, {
      label: `${index} ${behaviour}`,
      url: receiver.urlOf(index, behaviour),
      subscribedEvents: ["status.updated"],
    });
    destinations.push({ id: destination.id, behaviour });
    secrets.push(secret);
  }
  receiver.expect(secrets);
  return { tenants, destinations };
}

const STATUSES: SessionStatus[] = ["In Review", "Approved", "Declined"];

/** What an act does when a session's status changes, the change itself left out. */
export async function publishOne(tenants: Tenant[], number: number): Promise<void> {
  const { application, sessionIds } = tenants[number % tenants.length]!;
  const sessionId = sessionIds[Math.floor(number / tenants.length) % sessionIds.length]!;
  const status = STATUSES[number % STATUSES.length]!;
  await inTenant(application.actor, (tx) =>
    enqueue(tx, application.id, {
      type: "status.updated",
      payload: { session_id: sessionId, status, soak_number: number },
    }),
  );
}
