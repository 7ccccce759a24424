// Random-number generators.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>

using namespace onnxae;

namespace {

at::Generator& generator(void* handle) { return *static_cast<at::Generator*>(handle); }

// A generator's own lock: it may be the process-wide one.
template <typename Body>
const char* locked(void* handle, Body&& body) {
    return guarded([&] {
        std::lock_guard<std::mutex> lock(generator(handle).mutex());
        body(generator(handle));
    });
}

}  // namespace

ONNXAE_API const char* onnxae_manual_seed(int64_t seed) {
    return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

ONNXAE_API void* onnxae_generator_default() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }

ONNXAE_API void* onnxae_generator_new(uint64_t seed) { return new at::Generator(at::detail::createCPUGenerator(seed)); }

ONNXAE_API void onnxae_generator_free(void* handle) { delete static_cast<at::Generator*>(handle); }

ONNXAE_API const char* onnxae_generator_seed(void* handle, int64_t seed) {
    return locked(handle, [&](at::Generator& g) { g.set_current_seed(static_cast<uint64_t>(seed)); });
}

ONNXAE_API int64_t onnxae_generator_initial_seed(void* handle) { return static_cast<int64_t>(generator(handle).current_seed()); }

ONNXAE_API const char* onnxae_generator_state(void* handle, void** state) {
    return locked(handle, [&](at::Generator& g) { *state = onnxae::handle(g.get_state()); });
}

ONNXAE_API const char* onnxae_generator_set_state(void* handle, void* state) {
    return locked(handle, [&](at::Generator& g) { g.set_state(tensor(state)); });
}
