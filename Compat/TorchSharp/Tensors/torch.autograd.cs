using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>The gradients of outputs by inputs, without touching the grad of any tensor.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            using var ofOutputs = new HeldTensors(outputs);
            using var ofInputs = new HeldTensors(inputs);
            using var ofGrads = new HeldTensors(grad_outputs ?? []);
            var results = new nint[inputs.Count];
            fixed (nint* from = ofOutputs.Pointers, by = ofInputs.Pointers, start = ofGrads.Pointers, to = results)
            {
                Native.Check(Native.Grad(
                    from, outputs.Count, by, inputs.Count, start, ofGrads.Pointers.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, to));
            }

            return [.. results.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }
    }
}
