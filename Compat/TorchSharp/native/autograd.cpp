// Gradients: what needs them, where they are kept, and the backward pass.
#include "shim.h"

#include <vector>

using namespace onnxae;

ONNXAE_API int32_t onnxae_tensor_is_leaf(void* handle) { return tensor(handle).is_leaf(); }

ONNXAE_API int32_t onnxae_tensor_requires_grad(void* handle) { return tensor(handle).requires_grad(); }

ONNXAE_API const char* onnxae_tensor_set_requires_grad(void* handle, int32_t value) {
    return guarded([&] { tensor(handle).set_requires_grad(value != 0); });
}

// Null for a tensor that has no gradient yet.
ONNXAE_API void* onnxae_tensor_grad(void* handle) { return onnxae::handle(tensor(handle).grad()); }

ONNXAE_API const char* onnxae_tensor_set_grad(void* handle, void* grad) {
    return guarded([&] { tensor(handle).mutable_grad() = grad ? tensor(grad) : at::Tensor(); });
}

ONNXAE_API const char* onnxae_tensor_backward(void* handle, void* gradient, int32_t retain_graph, int32_t create_graph, void** inputs, int32_t input_count) {
    return guarded([&] {
        std::vector<at::Tensor> leaves;
        for (int32_t i = 0; i < input_count; i++) leaves.push_back(tensor(inputs[i]));
        const at::Tensor first = gradient ? tensor(gradient) : at::Tensor();
        if (leaves.empty()) {
            tensor(handle).backward(first, retain_graph != 0, create_graph != 0);
        } else {
            tensor(handle).backward(first, retain_graph != 0, create_graph != 0, at::TensorList(leaves));
        }
    });
}

ONNXAE_API int32_t onnxae_grad_enabled() { return at::GradMode::is_enabled(); }

ONNXAE_API void onnxae_set_grad_enabled(int32_t value) { at::GradMode::set_enabled(value != 0); }
