import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => "bytea",
  fromDriver: (value) => Buffer.from(value),
});

/** Instants are stored with their zone and read as Date. */
export const instant = () => timestamp({ withTimezone: true, precision: 3 });

/** The tenant. It leads the primary key and every index of every tenant table. */
export const tenant = () => uuid("application_id").notNull();
