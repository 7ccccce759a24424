using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            internal void ConvertTo(ScalarType type, bool non_blocking)
            {
                foreach (var module in children())
                {
                    module.ConvertTo(type, non_blocking);
                }

                foreach (var (name, parameter) in _parameters.Where(entry => WillChange(entry.Value, type)).ToList())
                {
                    Exchange(name, Convert(parameter, type, non_blocking), ReplaceParameter);
                }

                foreach (var (name, (buffer, persistent)) in _buffers.Where(entry => WillChange(entry.Value.Tensor, type)).ToList())
                {
                    Exchange(name, buffer.to(type, non_blocking: non_blocking), ReplaceBuffer);
                    _buffers[name] = (_buffers[name].Tensor, persistent);
                }
            }

            private static bool WillChange(Tensor tensor, ScalarType type) => is_floating_point(tensor.dtype) && tensor.dtype != type;

            // No gradient flows through the conversion: the new parameter is a leaf, as the old one was.
            private static Parameter Convert(Parameter parameter, ScalarType type, bool non_blocking)
            {
                using var _ = no_grad();
                var result = new Parameter(parameter.to(type, non_blocking: non_blocking), parameter.requires_grad);
                using var grad = parameter.grad;
                if (grad is not null)
                {
                    using var converted = grad.to(type, non_blocking: non_blocking);
                    result.grad = converted;
                }

                return result;
            }

            // A field that a user's module keeps the tensor in follows.
            private void Exchange<T>(string name, T value, Action<string, T?> replace)
                where T : Tensor
            {
                replace(name, value);
                ComponentFields().FirstOrDefault(field => field.Name == name)?.SetValue(this, value);
            }
        }
    }
}
