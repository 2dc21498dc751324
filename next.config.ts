import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  // Public URLs end in "/", and a redirected POST loses its body or its key in many clients.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["@node-rs/argon2", "postgres", "sharp", "@resvg/resvg-js", "pino"],
};

export default createNextIntlPlugin("./i18n/request.ts")(config);
