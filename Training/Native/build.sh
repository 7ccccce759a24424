#!/usr/bin/env bash
# Builds bin/libstdc++.so.6 beside this script where the system's libstdc++ is GCC 12's; elsewhere removes it.
# Exit code: 0 built or not needed, 3 a C++ compiler is missing, else it failed. CXX names another compiler than g++.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
PATH=$PATH:/usr/sbin:/sbin # ldconfig, which only root has in the path
added=GLIBCXX_3.4.32 # GCC 13
least=GLIBCXX_3.4.30 # GCC 12

system=$(ldconfig -p 2>/dev/null | sed -n 's/.*libstdc++\.so\.6 (libc6,x86-64.*=> //p' | head -n 1 || true)
if [ -z "$system" ] || grep -q "$added" "$system"; then rm -rf bin; exit 0; fi
grep -q "$least" "$system" || { echo "$system is older than GCC 12's: TorchSharp can't be loaded on this system."; exit 1; }
if [ bin/libstdc++.so.6 -nt "$system" ] && [ bin/libstdc++.so.6 -nt libstdcxx.cpp ]; then exit 0; fi
{ command -v "${CXX:-g++}" && command -v readelf; } >/dev/null || exit 3

# Programs look a function up by name and version: every version of the system's library is declared, and the added one.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
readelf -V "$system" | sed -n '/Version definition/,/Version needs/ s/.*Name: \(GLIBCXX_[0-9.]*\|CXXABI_[A-Z0-9._]*\)$/\1 { };/p' >"$work/versions"
echo "$added { global: _ZSt21ios_base_library_initv; local: *; };" >>"$work/versions"
# The same name can't be linked to by name: an empty library lends the system's full path.
"${CXX:-g++}" -shared -nostdlib -x c++ /dev/null -Wl,-soname,"$system" -o "$work/system.so"
"${CXX:-g++}" -shared -fPIC -O2 -c libstdcxx.cpp -o "$work/libstdcxx.o"
"${CXX:-g++}" -shared -nodefaultlibs "$work/libstdcxx.o" -Wl,--no-as-needed "$work/system.so" -lc \
  -Wl,-soname,libstdc++.so.6 -Wl,--version-script="$work/versions" -o "$work/libstdc++.so.6"
mkdir -p bin
mv "$work/libstdc++.so.6" bin/
