ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src ./src
RUN npm run build

FROM ${NODE} AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM ${NODE}
ENV NODE_ENV=production DATABASE_URL=file:/data/bot.db
WORKDIR /app
RUN install --directory --owner=node --group=node /data
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
# A number, so that an orchestrator can see that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 3978
# Not /readyz: it fails while PingPlotter is away, and a restart mends nothing then.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:' + (process.env.PORT || 3978) + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
