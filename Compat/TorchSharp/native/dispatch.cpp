// Finding an operator by name and calling it with a list of plain values.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

namespace onnxae {
namespace {

// std::optional in newer versions, c10's own in older ones.
using OptionalTensor = decltype(c10::IValue().toOptional<at::Tensor>());

c10::IValue to_ivalue(const Value& value) {
    switch (value.kind) {
        case Kind::None:
            return {};
        case Kind::Tensor:
            return tensor(value.pointer);
        case Kind::TensorList: {
            c10::List<at::Tensor> list;
            for (int32_t i = 0; i < value.count; i++) list.push_back(tensor(static_cast<void**>(value.pointer)[i]));
            return list;
        }
        case Kind::OptionalTensorList: {
            c10::List<OptionalTensor> list;
            for (int32_t i = 0; i < value.count; i++) {
                void* item = static_cast<void**>(value.pointer)[i];
                list.push_back(item ? OptionalTensor(tensor(item)) : OptionalTensor());
            }
            return list;
        }
        case Kind::Int:
            return value.integer;
        case Kind::IntList:
            return c10::IntArrayRef(static_cast<int64_t*>(value.pointer), static_cast<size_t>(value.count));
        case Kind::Double:
            return value.real;
        case Kind::DoubleList: {
            c10::List<double> list;
            for (int32_t i = 0; i < value.count; i++) list.push_back(static_cast<double*>(value.pointer)[i]);
            return list;
        }
        case Kind::Bool:
            return value.integer != 0;
        case Kind::String:
            return std::string(static_cast<char*>(value.pointer), static_cast<size_t>(value.count));
        case Kind::Generator:
            return *static_cast<at::Generator*>(value.pointer);
        case Kind::Device:
            return c10::Device(static_cast<c10::DeviceType>(value.integer), static_cast<c10::DeviceIndex>(value.count));
    }
    TORCH_CHECK(false, "The value kind ", static_cast<int>(value.kind), " is unknown to this build of the native library.");
}

class Results {
public:
    Results(Value* values, int32_t capacity) : values_(values), capacity_(capacity) {}

    int32_t count() const { return count_; }

    void add(const c10::IValue& value) {
        if (value.isTensor()) {
            next(Kind::Tensor).pointer = handle(value.toTensor());
        } else if (value.isTensorList()) {
            for (const at::Tensor& item : value.toTensorVector()) next(Kind::Tensor).pointer = handle(item);
        } else if (value.isBool()) {
            next(Kind::Bool).integer = value.toBool();
        } else if (value.isInt()) {
            next(Kind::Int).integer = value.toInt();
        } else if (value.isDouble()) {
            next(Kind::Double).real = value.toDouble();
        } else {
            TORCH_CHECK(value.isNone(), "A result of type ", value.tagKind(), " can't be handed over.");
        }
    }

private:
    Value& next(Kind kind) {
        TORCH_CHECK(count_ < capacity_, "More than ", capacity_, " results.");
        values_[count_].kind = kind;
        return values_[count_++];
    }

    Value* values_;
    int32_t capacity_;
    int32_t count_ = 0;
};

}  // namespace
}  // namespace onnxae

using namespace onnxae;

ONNXAE_API const char* onnxae_find_operator(const char* name, const char* overload, void** found) {
    return guarded([&] {
        // Never freed: operators live as long as the process, and the caller keeps each handle in a static field.
        *found = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
    });
}

// Arguments are positional; those left out at the end take the defaults of the schema.
ONNXAE_API const char* onnxae_call(void* op, const Value* arguments, int32_t argument_count, Value* results, int32_t capacity, int32_t* result_count) {
    return guarded([&] {
        const auto& handle = *static_cast<c10::OperatorHandle*>(op);
        const auto& schema = handle.schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(schema.size());
        for (int32_t i = 0; i < argument_count; i++) stack.push_back(to_ivalue(arguments[i]));
        for (size_t i = stack.size(); i < schema.size(); i++) {
            TORCH_CHECK(schema[i].default_value().has_value(), handle.schema().name(), ": the argument '", schema[i].name(), "' is missing.");
            stack.push_back(*schema[i].default_value());
        }
        handle.callBoxed(&stack);
        Results out(results, capacity);
        for (const auto& value : stack) out.add(value);
        *result_count = out.count();
    });
}
