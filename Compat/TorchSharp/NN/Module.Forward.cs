namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that turns one value into another.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }

        /// <summary>A module with one input.</summary>
        public abstract class Module<T, TResult> :
            HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name) : base(name) { }

            public abstract TResult forward(T input);

            /// <summary>What <see cref="forward"/> gives, after all hooks.</summary>
            public TResult call(T input) =>
                Afterwards.Aggregate(forward(input), (result, hook) => hook(this, input, result) is { } other ? other : result);
        }
    }
}
