/** Where the console's names of contract section 7.1 differ from those of the flat routes. */
const RENAMED: Record<string, string> = {
  "vendor-users": "users",
  "vendor-businesses": "businesses",
  "verification-settings": "workflows",
};

/** `/v3/organization/{org}/application/{app}/vendor-users/` is served by `/v3/users/`. */
export function consolePath(path: string): string {
  const [, rest = ""] = /^\/v3\/organization\/[^/]+\/application\/[^/]+\/(.*)$/.exec(path) ?? [];
  const [first = "", ...others] = rest.split("/");
  return `/v3/${[RENAMED[first] ?? first, ...others].join("/")}`;
}
