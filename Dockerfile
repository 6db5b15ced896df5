# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# What decides the packages comes first, so that a change of code does not restore again.
COPY Directory.Build.props Directory.Packages.props BannedSymbols.txt global.json .editorconfig ./
COPY src/CrossAudit.Contracts/CrossAudit.Contracts.csproj src/CrossAudit.Contracts/packages.lock.json src/CrossAudit.Contracts/
COPY src/CrossAudit.Server/CrossAudit.Server.csproj src/CrossAudit.Server/packages.lock.json src/CrossAudit.Server/
RUN dotnet restore src/CrossAudit.Server --locked-mode

# ReadyToRun compiles for one processor, which the lock files know nothing of: they are put aside after the restore above has verified
# every package against them. The publish takes the same packages from the same folder, and adds the compiler.
COPY src/CrossAudit.Contracts/ src/CrossAudit.Contracts/
COPY src/CrossAudit.Server/ src/CrossAudit.Server/
RUN find src -name packages.lock.json -delete \
  && dotnet publish src/CrossAudit.Server -c Release -a "${TARGETARCH:-amd64}" --self-contained false -o /app \
    -p:PublishReadyToRun=true -p:RestorePackagesWithLockFile=false \
  && chmod -R a+rX /app && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0
LABEL org.opencontainers.image.title="CrossAudit" \
      org.opencontainers.image.description="AI governance platform: organizations, roles, documents, audit trail." \
      org.opencontainers.image.vendor="CrossAudit AI" \
      org.opencontainers.image.version="0.1.0"

# Only /data and /tmp are written: the rest may be mounted read-only.
ENV CROSSAUDIT_DATA=/data \
    CROSSAUDIT_URLS=http://0.0.0.0:9000 \
    DOTNET_EnableDiagnostics=0
COPY --from=build /app /app
COPY --from=build --chown=$APP_UID:$APP_UID --chmod=700 /data /data
WORKDIR /data
VOLUME /data
EXPOSE 9000
USER $APP_UID

# The image has no curl; bash opens the port itself. Unhealthy means that nothing accepts connections or that the answer
# is not 200; the database being away is for /health/ready to tell, and no reason to restart.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9000 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r status <&3 && [[ $status == *' 200 '* ]]"]

ENTRYPOINT ["/app/crossaudit"]
