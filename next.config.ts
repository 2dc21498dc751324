import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  // Public URLs end in "/", and a redirected POST loses its body or its key in many clients.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  reactStrictMode: true,
  // The development server would print what actions are called with: a pasted token, say.
  logging: { serverFunctions: false },
  // `npm run check` checks the types of the whole tree; a start need not do it again.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    // Both sides of a document in one request (domain/walks/rules.ts), and what is around them.
    serverActions: { bodySizeLimit: "9mb" },
  },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "sharp", "@resvg/resvg-js", "pino"],
};

export default createNextIntlPlugin("./i18n/request.ts")(config);
