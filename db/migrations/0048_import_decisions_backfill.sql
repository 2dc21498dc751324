-- What became of imports from before their rows said it, out of the sessions and their reviews.
ALTER TABLE imports NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sessions NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE reviews NO FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
UPDATE imports i SET source_status = s.source_status
  FROM sessions s
  WHERE s.application_id = i.application_id AND s.id = i.session_id;
--> statement-breakpoint
UPDATE imports i SET decided_at = d.decided_at, decision = d.decision
  FROM (SELECT application_id, session_id, min(created_at) AS decided_at,
          (array_agg(new_status ORDER BY created_at DESC, id DESC))[1] AS decision
        FROM (SELECT *, lead(action) OVER (PARTITION BY application_id, session_id ORDER BY created_at, id) AS followed_by
              FROM reviews) r
        WHERE action = 'decision' AND made_in_application = application_id AND new_status IN ('Approved', 'Declined')
          AND followed_by IS DISTINCT FROM 'undo'
        GROUP BY application_id, session_id) d
  WHERE d.application_id = i.application_id AND d.session_id = i.session_id;
--> statement-breakpoint
ALTER TABLE imports FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE reviews FORCE ROW LEVEL SECURITY;
