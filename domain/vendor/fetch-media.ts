import { fetchFile } from "../bulk-imports/fetch-file";
import type { LineProblem } from "../sessions/bring-in";
import { contentTypeOf, MAX_MEDIUM_BYTES } from "../sessions/media-kinds";
import { mapMedia } from "../sessions/media-references";
import { sendPolicy } from "../webhooks/policy";
import { type Failure, MAX_MEDIA, MAX_MEDIA_BYTES, MEDIA_DEADLINE_MS, MEDIUM_DEADLINE_MS } from "./rules";

export type FetchedMedia =
  | { ok: true; media: Map<string, Uint8Array> }
  | { ok: false; failure: Failure; problems: LineProblem[] };

const AT_ONCE = 4;

/** Of a file's failures, what they mean for a medium. */
const MEANING: Record<string, Failure> = {
  address_refused: "media_address_refused",
  source_refused: "media_refused",
  source_too_large: "media_too_large",
};

/**
 * GETs every medium that a decision names, each link once: from public addresses over TLS only, without redirects, of a
 * known type and size. One that cannot be had fails all: a record without its evidence is not what the vendor sent.
 */
export async function fetchMedia(decision: Record<string, unknown>, signal: AbortSignal): Promise<FetchedMedia> {
  const paths = new Map<string, string>();
  mapMedia(decision, (link, _kind, path) => {
    if (!paths.has(link)) paths.set(link, path);
    return link;
  });
  if (paths.size > MAX_MEDIA) return { ok: false, failure: "media_too_many", problems: [] };
  const stop = new AbortController();
  const within = AbortSignal.any([signal, stop.signal, AbortSignal.timeout(MEDIA_DEADLINE_MS)]);
  const media = new Map<string, Uint8Array>();
  const links = [...paths];
  let total = 0;
  let failed: { failure: Failure; problems: LineProblem[] } | undefined;
  const fail = (failure: Failure, path: string, message: string) => {
    failed ??= { failure, problems: [{ path, message }] };
    // What would follow cannot mend it.
    stop.abort();
  };
  const worker = async () => {
    for (let next = links.shift(); next && !failed; next = links.shift()) {
      const [link, path] = next;
      const fetched = await fetchFile(link, sendPolicy(link), within, {
        maxBytes: MAX_MEDIUM_BYTES,
        deadlineMs: MEDIUM_DEADLINE_MS,
      });
      if (!fetched.ok) {
        const failure = MEANING[fetched.failure] ?? "media_unreachable";
        return fail(failure, path, SENTENCES[failure]);
      }
      total += fetched.bytes.byteLength;
      if (total > MAX_MEDIA_BYTES) return fail("media_too_large", path, SENTENCES.media_too_large);
      if (!contentTypeOf(fetched.bytes)) return fail("media_not_accepted", path, SENTENCES.media_not_accepted);
      media.set(link, fetched.bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return failed ? { ok: false, ...failed } : { ok: true, media };
}

/** For the log, beside the console's own words; they name the rule and not the address. */
const SENTENCES: Record<Failure, string> = {
  media_unreachable: "The server of this medium did not answer in time, or not at all.",
  media_refused: "The server of this medium answered with something else than 200.",
  media_address_refused: "Media are fetched over https from public addresses only.",
  media_too_large: `A medium may have at most ${MAX_MEDIUM_BYTES / 1024 / 1024} MiB, all of a message ${MAX_MEDIA_BYTES / 1024 / 1024}.`,
  media_not_accepted: "Media are JPEG, PNG, WebP, PDF, MP4 or WebM; these bytes are none of them.",
  media_too_many: `A message may name at most ${MAX_MEDIA} media.`,
  cut_off: "Work on this message was cut off.",
};
