# Party OS in a plain container, on a Postgres and a Pusher elsewhere: docs/cloud.md says which variables it needs.
#   docker build -t party-os .
#   docker run -p 3000:3000 --env-file cloud.env party-os

FROM node:22-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
# Not `npm ci`: the lock file leaves out the optional packages of other systems, which it refuses.
RUN npm install --no-save --include=dev --no-audit --no-fund
COPY . .
# The screens, and the LAN agent that guests' PCs load; then what runs beside the app.
RUN node scripts/party.mjs --build-only && node scripts/container/bundle.mjs container
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf .next/cache .next/party-serve.mjs

FROM node:22-bookworm-slim
WORKDIR /app
# The ticker is right here: this process lives on between requests.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PARTY_OS_TICKER=1 PORT=3000
COPY --from=build --chown=node:node /app/package.json /app/next.config.ts ./
COPY --from=build --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/.next ./.next
COPY --from=build --chown=node:node /app/public ./public
COPY --from=build --chown=node:node /app/drizzle ./drizzle
COPY --from=build --chown=node:node /app/container ./container
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Any number may start at once: one migrates, the others wait for it.
CMD ["sh", "-c", "node container/migrate.mjs && exec node --import ./container/end-in-time.mjs node_modules/next/dist/bin/next start --keepAliveTimeout 70000 -p \"$PORT\""]
