namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public unsafe bool requires_grad
        {
            get => Interop.Native.TensorRequiresGrad(Native) != 0;
            set => Interop.Native.Check(Interop.Native.TensorSetRequiresGrad(Native, value ? 1 : 0));
        }

        /// <summary>A new reference to the gradient; null before there is one.</summary>
        public unsafe Tensor? grad
        {
            get => Interop.Native.TensorGrad(Native) is not 0 and var handle ? new Tensor(handle) : null;
            set
            {
                nint pointer = value?.Hold() ?? 0;
                try
                {
                    Interop.Native.Check(Interop.Native.TensorSetGrad(Native, pointer));
                }
                finally
                {
                    value?.Release();
                }
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public unsafe void backward() =>
            Interop.Native.Check(Interop.Native.TensorBackward(Native, 0, 0, 0, null, 0));
    }
}
