using TorchSharp.Interop;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Scales all gradients so that their norm, taken over all of them together, is at most max_norm.</summary>
            /// <returns>The norm before.</returns>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var _ = no_grad();
                using var scope = NewDisposeScope();
                Tensor[] grads = [.. tensors.Select(parameter => parameter.grad).OfType<Tensor>()];
                if (grads.Length == 0)
                {
                    return 0;
                }

                var total = stack(grads.Select(grad => grad.norm((float)norm_type))).norm((float)norm_type);
                var scale = Op.reciprocal.Call(total + 1e-6).mul(max_norm).clamp(max: 1);
                foreach (var grad in grads)
                {
                    grad.mul_(scale);
                }

                return total.to(ScalarType.Float64).item<double>();
            }
        }
    }
}
