// The library as a whole: version, threads, and the text of the last error.
#include "shim.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/version.h>

#include <climits>

namespace onnxae {

const char* keep_error(std::string text) {
    thread_local std::string kept;
    kept = std::move(text);
    return kept.c_str();
}

}  // namespace onnxae

using namespace onnxae;

ONNXAE_API const char* onnxae_version() { return TORCH_VERSION; }

ONNXAE_API int32_t onnxae_get_num_threads() { return at::get_num_threads(); }

ONNXAE_API const char* onnxae_set_num_threads(int32_t threads) {
    return guarded([&] {
        at::set_num_threads(threads);
        // A libtorch built on OpenBLAS leaves its matrix products on OpenBLAS's own pool, whatever it was told itself.
        using Setter = void (*)(int);
        if (auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
    });
}

// Every training step makes and frees the same tensors. By default the C library hands large ones back to the system at
// once, which then clears their pages anew for the next step: half of a convolutional network's time.
ONNXAE_API void onnxae_keep_freed_memory() {
    mallopt(M_MMAP_THRESHOLD, 1 << 30);    // smaller blocks come from the heap, and go back to it
    mallopt(M_TRIM_THRESHOLD, INT_MAX);    // what is free at the heap's end stays
    mallopt(M_TOP_PAD, 64 << 20);          // so do the heaps of further threads, which are of this size
}
