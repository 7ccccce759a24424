// Gradients: what needs them, where they are kept, and the backward pass.
#include "shim.h"

#include <torch/csrc/autograd/autograd.h>

#include <vector>

using namespace onnxae;

namespace {

std::vector<at::Tensor> list(void** handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    for (int32_t i = 0; i < count; i++) tensors.push_back(tensor(handles[i]));
    return tensors;
}

}  // namespace

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
        const auto leaves = list(inputs, input_count);
        const at::Tensor first = gradient ? tensor(gradient) : at::Tensor();
        if (leaves.empty()) {
            tensor(handle).backward(first, retain_graph != 0, create_graph != 0);
        } else {
            tensor(handle).backward(first, retain_graph != 0, create_graph != 0, at::TensorList(leaves));
        }
    });
}

// One result for each input; null where an output does not depend on it.
ONNXAE_API const char* onnxae_grad(void** outputs, int32_t output_count, void** inputs, int32_t input_count, void** grads, int32_t grad_count, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
    return guarded([&] {
        const auto gradients = torch::autograd::grad(list(outputs, output_count), list(inputs, input_count), list(grads, grad_count), retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < gradients.size(); i++) results[i] = handle(gradients[i]);
    });
}

ONNXAE_API int32_t onnxae_grad_enabled() { return at::GradMode::is_enabled(); }

ONNXAE_API void onnxae_set_grad_enabled(int32_t value) { at::GradMode::set_enabled(value != 0); }
