#!/usr/bin/env bash
# Builds FOLDER/libstdc++.so.6 from libstdcxx.cpp where the system's libstdc++ is older than GCC 13's.
# Usage: build-libstdcxx.sh FOLDER. Says "not needed" and builds nothing where the system's is new enough.
set -euo pipefail
source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/libstdcxx.cpp
