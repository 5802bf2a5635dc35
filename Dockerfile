FROM golang:1.26-bookworm AS build
ARG VERSION=dev
ARG COMMIT=none
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN make build-static VERSION="$VERSION" COMMIT="$COMMIT" \
 && mkdir -p /out/data /out/tmp /out/etc/ssl/certs \
 && cp /etc/ssl/certs/ca-certificates.crt /out/etc/ssl/certs/ \
 && printf 'zhaowen:x:65532:65532:zhaowen:/data:/nonexistent\n' > /out/etc/passwd \
 && printf 'zhaowen:x:65532:\n' > /out/etc/group \
 && chmod 1777 /out/tmp

# Nothing but the binary (time zones are embedded), the certificates and a user that is not root.
FROM scratch
COPY --from=build /out/etc /etc
COPY --from=build --chown=65532:65532 /out/tmp /tmp
COPY --from=build --chown=65532:65532 /out/data /data
COPY --from=build /src/bin/crawl /usr/local/bin/crawl
USER 65532:65532
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=1m --timeout=10s --start-period=30s CMD ["/usr/local/bin/crawl", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/crawl"]
# Without arguments the entry point is the daemon: /data/zhaowen.yaml, /data/zhaowen.db
