using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        private readonly GeneratorHandle _handle;

        public Generator(ulong seed = 0, Device? device = null) : this(new GeneratorHandle(Native.GeneratorNew(seed)))
        {
            if (device is not null && device.type != DeviceType.CPU)
            {
                throw new NotSupportedException("Generators of the system stack live on the CPU.");
            }
        }

        private Generator(GeneratorHandle handle) => _handle = handle;

        internal static Generator Default => new(new GeneratorHandle(Native.GeneratorDefault()));

        internal Device device => CPU;

        public unsafe Generator manual_seed(long seed)
        {
            Native.Check(Native.GeneratorSeed(_handle, seed));
            return this;
        }

        public unsafe Tensor get_state()
        {
            Native.Check(Native.GeneratorState(_handle, out nint state));
            return new Tensor(state);
        }

        public unsafe void set_state(Tensor value) => Native.Check(Native.GeneratorSetState(_handle, value.Native));

        /// <summary>Keeps the native generator alive until <see cref="Release"/>.</summary>
        internal nint Hold()
        {
            bool held = false;
            _handle.DangerousAddRef(ref held);
            return _handle.DangerousGetHandle();
        }

        internal void Release() => _handle.DangerousRelease();

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => _handle.Dispose();
    }

    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The process-wide generator.</summary>
    public static class random
    {
        internal static unsafe Generator manual_seed(long seed)
        {
            Native.Check(Native.ManualSeed(seed));
            return Generator.Default;
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
