# Muster in an image that holds nothing else: the program, its libraries, certificates and time zones.
# ./dev image builds it; README.md says how to run it.
FROM debian:bookworm-slim AS build
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        ca-certificates g++ cmake ninja-build tzdata \
        libboost1.81-dev libboost-url1.81-dev libssl-dev nlohmann-json3-dev libsqlitecpp-dev libsqlite3-dev \
        libfmt-dev libhowardhinnant-date-dev libcli11-dev libical-dev libutf8proc-dev
COPY . /src
WORKDIR /src
RUN cmake --preset release -DBUILD_TESTING=OFF && cmake --build --preset release --target muster

# The libraries lie where the linker looks for them. Debian's posix/ and right/ are copies of all zones.
RUN mkdir -p /image/data /image/etc/muster /image/etc/ssl/certs /image/usr/share && cd /image && \
    cp /src/build/release/muster muster && strip muster && \
    ldd muster | grep -o '/[^ ]*' | xargs cp --dereference --parents -t . && \
    cp -r /usr/share/zoneinfo usr/share/ && rm -r usr/share/zoneinfo/posix usr/share/zoneinfo/right && \
    cp /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/ && \
    echo 'muster:x:65532:65532::/data:/muster' > etc/passwd && echo 'muster:x:65532:' > etc/group && \
    echo 'hosts: files dns' > etc/nsswitch.conf && \
    chown -R 0:0 . && chmod -R go-w . && chown 65532:65532 data && chmod 0700 data && \
    ./muster --version

FROM scratch
COPY --from=build /image /
USER 65532:65532
WORKDIR /data
VOLUME /data
ENV MUSTER_CONFIG=/etc/muster/muster.jsonc SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=12s --start-period=30s --retries=3 CMD ["/muster", "healthcheck"]
ENTRYPOINT ["/muster"]
CMD ["serve"]
