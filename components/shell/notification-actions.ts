"use server";

import { ReadInput, readNotifications } from "@/domain/notifications/read";
import { action } from "@/lib/action";

export const readNotificationsAction = action(ReadInput, readNotifications);
