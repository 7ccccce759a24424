// The C interface between the managed stand-in and libtorch. Nothing here computes: operators are reached through
// libtorch's own dispatcher by their schema names ("aten::linear"), so one entry point serves all of them and the same
// source compiles against libtorch 1.13 and 2.x. Functions that can fail return an error text (valid until the next
// call on the same thread) or null.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <exception>
#include <string>

#define ONNXAE_API extern "C" __attribute__((visibility("default")))

namespace onnxae {

// The managed side has the same list: NativeKind.
enum class Kind : int32_t { None, Tensor, TensorList, OptionalTensorList, Int, IntList, Double, DoubleList, Bool, String, Generator, Device };

// One argument or result. `count` is the length of what `pointer` points at, or a device's index.
struct Value {
    Kind kind;
    int32_t count;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
};

inline const at::Tensor& tensor(void* handle) { return *static_cast<const at::Tensor*>(handle); }

inline void* handle(at::Tensor tensor) { return tensor.defined() ? new at::Tensor(std::move(tensor)) : nullptr; }

const char* keep_error(std::string text);

// Runs `body`; an exception becomes its text, without libtorch's stack trace.
template <typename Body>
const char* guarded(Body&& body) {
    try {
        body();
        return nullptr;
    } catch (const c10::Error& error) {
        return keep_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        return keep_error(error.what());
    } catch (...) {
        return keep_error("libtorch failed without saying why.");
    }
}

}  // namespace onnxae
