using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch. Dispose of it, or make it inside a dispose scope.</summary>
    public partial class Tensor : IDisposable
    {
        private TensorHandle? _handle;

        internal Tensor(nint handle, bool register = true) : this(new TensorHandle(handle), register) { }

        internal Tensor(TensorHandle handle, bool register)
        {
            _handle = handle;
            if (register)
            {
                OwningDisposeScope = DisposeScopeManager.Current.Register(this);
            }
        }

        public bool IsInvalid => _handle is null or { IsClosed: true };

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal TensorHandle Native =>
            _handle is { IsClosed: false } handle ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>A second reference to the same native tensor.</summary>
        internal Tensor alias() => new(Interop.Native.TensorAlias(Native));

        /// <summary>Keeps the native tensor alive until <see cref="Release"/>.</summary>
        internal nint Hold()
        {
            bool held = false;
            var handle = Native;
            handle.DangerousAddRef(ref held);
            return handle.DangerousGetHandle();
        }

        internal void Release() => _handle?.DangerousRelease();

        /// <summary>Gives the native tensor to a new owner; this one is invalid then.</summary>
        internal TensorHandle MoveHandle()
        {
            var handle = Native;
            _handle = null;
            return handle;
        }

        protected virtual void Dispose(bool disposing)
        {
            if (_handle is { IsClosed: false } handle)
            {
                DisposeScopeManager.Current.CountDisposal(this);
                OwningDisposeScope?.MarkAsDisposed(this);
                handle.Dispose();
            }
        }
    }
}
