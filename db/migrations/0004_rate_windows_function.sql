-- Counts of the last minute that a crash may forget.
ALTER TABLE rate_windows SET UNLOGGED;
--> statement-breakpoint
ALTER TABLE rate_windows SET (fillfactor = 50);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_windows TO aval_app;
--> statement-breakpoint
-- Takes permits from sliding windows of 60 seconds, one count per second in a ring. Either every scope grants at least
-- one or none grants any. The scopes come in the order of their names, so that two callers never wait for each other.
CREATE FUNCTION take_permits(caller bytea, scopes text[], limits int[], wanted int[], unused int[], unused_second bigint[])
RETURNS TABLE (scope text, granted int, counted int, oldest bigint, now double precision) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  clock double precision := extract(epoch FROM clock_timestamp());
  this bigint;
  last bigint;
  seconds bigint[] := '{}';
  ring int[];
  rings int[] := '{}';
  total int;
  totals int[] := '{}';
  refused boolean := false;
BEGIN
  FOR i IN 1 .. cardinality(scopes) LOOP
    INSERT INTO rate_windows AS w (identifier, scope, second, counts)
      VALUES (caller, scopes[i], floor(clock), array_fill(0, ARRAY[60])) ON CONFLICT DO NOTHING;
    SELECT w.counts, w.second INTO ring, last FROM rate_windows w WHERE w.identifier = caller AND w.scope = scopes[i] FOR UPDATE;
    -- Whoever held the lock before may have read the clock a moment later.
    this := greatest(floor(clock)::bigint, last);
    IF this - last >= 60 THEN
      ring := array_fill(0, ARRAY[60]);
    ELSE
      FOR s IN last + 1 .. this LOOP ring[s % 60 + 1] := 0; END LOOP;
    END IF;
    IF unused[i] > 0 AND unused_second[i] > this - 60 THEN
      ring[unused_second[i] % 60 + 1] := greatest(0, ring[unused_second[i] % 60 + 1] - unused[i]);
    END IF;
    SELECT sum(c) INTO total FROM unnest(ring) c;
    refused := refused OR total >= limits[i];
    seconds := seconds || this;
    rings := rings || ARRAY[ring];
    totals := totals || total;
  END LOOP;
  FOR i IN 1 .. cardinality(scopes) LOOP
    SELECT array_agg(v ORDER BY n) INTO ring FROM unnest(rings[i:i]) WITH ORDINALITY AS e (v, n);
    this := seconds[i];
    granted := CASE WHEN refused THEN 0 ELSE least(wanted[i], limits[i] - totals[i]) END;
    ring[this % 60 + 1] := ring[this % 60 + 1] + granted;
    UPDATE rate_windows w SET counts = ring, second = this WHERE w.identifier = caller AND w.scope = scopes[i];
    scope := scopes[i];
    counted := totals[i] + granted;
    SELECT coalesce(min(s), this) INTO oldest FROM generate_series(this - 59, this) s WHERE ring[s % 60 + 1] > 0;
    now := clock;
    RETURN NEXT;
  END LOOP;
END $$;
