#!/bin/sh
# Builds build/libonnxae_torch.so from the sources beside this script, when one of them is newer.
# TORCH_HOME: the folder of a libtorch other than the system's. CXX, CXXFLAGS: as usual.
# SANITIZE=address,undefined: builds build/sanitize/libonnxae_torch.so instead, with those checks of GCC's or Clang's.
set -eu
cd "$(dirname "$0")"
folder=build${SANITIZE:+/sanitize}
output=$folder/libonnxae_torch.so

if [ -f "$output" ] && [ -z "$(find . -maxdepth 1 -type f -newer "$output")" ]; then
    exit 0
fi

headers="${TORCH_HOME:-/usr}/include"
if [ ! -f "$headers/ATen/ATen.h" ]; then
    echo "libtorch's headers were not found in $headers: install libtorch-dev, or set TORCH_HOME." >&2
    exit 1
fi

checks="${SANITIZE:+-fsanitize=$SANITIZE -fno-omit-frame-pointer -g}"
compile="${CXX:-g++} -std=c++17 -O2 -fPIC -fvisibility=hidden -Wall -Wextra $checks ${CXXFLAGS:-}
    -isystem $headers/torch/csrc/api/include"
if [ -n "${TORCH_HOME:-}" ]; then
    compile="$compile -isystem $headers"
    link="-L$TORCH_HOME/lib -Wl,-rpath,$TORCH_HOME/lib"
fi

# In a folder of its own until it is whole: a program that runs on the old library keeps it.
work="$folder/tmp.$$"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
ls *.cpp | xargs -P 2 -I FILE $compile -c FILE -o "$work/FILE.o"
${CXX:-g++} -shared $checks -o "$work/library.so" "$work"/*.o ${link:-} -ltorch_cpu -lc10
mv "$work/library.so" "$output"
