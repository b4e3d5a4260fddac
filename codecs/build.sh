#!/bin/sh
# Makes data/codecs/codecs.wasm. Needs cargo and rustc >= 1.85 with the target wasm32-unknown-unknown, and wasm-opt
# (binaryen). Further arguments go to cargo; README.md tells which build without crates.io.
set -eu
cd "$(dirname "$0")"
target="${CARGO_TARGET_DIR:-target}"
# memory is bounded: no header of a file makes a decoder take more than 64 MB
RUSTFLAGS="-C target-feature=+simd128 -C link-arg=--max-memory=67108864 --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry=crates \
  --remap-path-prefix=/usr/share/cargo/registry=crates --remap-path-prefix=/usr/src=rust" \
  cargo build --release --locked --target wasm32-unknown-unknown "$@"
mkdir -p ../data/codecs
wasm-opt -O3 --all-features --strip-debug --strip-producers \
  "$target/wasm32-unknown-unknown/release/uxd_codecs.wasm" -o ../data/codecs/codecs.wasm
