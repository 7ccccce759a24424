// What a tensor is: its shape, type, place and memory.
#include "shim.h"

using namespace onnxae;

ONNXAE_API void onnxae_tensor_free(void* handle) { delete static_cast<at::Tensor*>(handle); }

ONNXAE_API void* onnxae_tensor_alias(void* handle) { return new at::Tensor(tensor(handle)); }

ONNXAE_API int64_t onnxae_tensor_dim(void* handle) { return tensor(handle).dim(); }

ONNXAE_API int64_t onnxae_tensor_numel(void* handle) { return tensor(handle).numel(); }

ONNXAE_API int32_t onnxae_tensor_dtype(void* handle) { return static_cast<int32_t>(tensor(handle).scalar_type()); }

ONNXAE_API int64_t onnxae_tensor_element_size(void* handle) { return static_cast<int64_t>(tensor(handle).element_size()); }

ONNXAE_API int32_t onnxae_tensor_device(void* handle, int32_t* index) {
    const auto device = tensor(handle).device();
    *index = device.has_index() ? device.index() : -1;
    return static_cast<int32_t>(device.type());
}

ONNXAE_API int32_t onnxae_tensor_is_contiguous(void* handle) { return tensor(handle).is_contiguous(); }

// Both arrays have room for dim() numbers.
ONNXAE_API const char* onnxae_tensor_layout(void* handle, int64_t* sizes, int64_t* strides) {
    return guarded([&] {
        const auto& t = tensor(handle);
        for (int64_t i = 0; i < t.dim(); i++) {
            sizes[i] = t.size(i);
            strides[i] = t.stride(i);
        }
    });
}

ONNXAE_API const char* onnxae_tensor_data(void* handle, void** data) {
    return guarded([&] { *data = tensor(handle).data_ptr(); });
}
