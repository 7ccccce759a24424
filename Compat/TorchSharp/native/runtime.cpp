// The library as a whole: version, devices, threads, and the text of the last error.
#include "shim.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <torch/version.h>

namespace onnxae {

const char* keep_error(std::string text) {
    thread_local std::string kept;
    kept = std::move(text);
    return kept.c_str();
}

}  // namespace onnxae

using namespace onnxae;

ONNXAE_API const char* onnxae_version() { return TORCH_VERSION; }

ONNXAE_API int32_t onnxae_cuda_available() { return at::hasCUDA(); }

ONNXAE_API int32_t onnxae_get_num_threads() { return at::get_num_threads(); }

ONNXAE_API const char* onnxae_set_num_threads(int32_t threads) {
    return guarded([&] {
        at::set_num_threads(threads);
        // A libtorch built on OpenBLAS leaves its matrix products on OpenBLAS's own pool, whatever it was told itself.
        using Setter = void (*)(int);
        if (auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(threads);
    });
}
