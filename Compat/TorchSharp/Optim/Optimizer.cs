using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Changes parameters along their gradients.</summary>
        public abstract class Optimizer : IDisposable
        {
            private protected Optimizer(IEnumerable<Parameter> parameters, double lr) =>
                Groups = [new ParamGroup([.. parameters], lr)];

            public virtual IEnumerable<ILearningRateController> ParamGroups => Groups;

            internal IReadOnlyList<ParamGroup> Groups { get; }

            public virtual IEnumerable<Parameter> parameters() => Groups.SelectMany(group => group.Parameters);

            public virtual void zero_grad()
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    using var _ = no_grad();
                    grad?.fill_(0);
                }
            }

            public virtual Tensor? step(Func<Tensor>? closure = null)
            {
                Tensor? loss = null;
                if (closure is not null)
                {
                    using var recording = enable_grad();
                    loss = closure();
                }

                using var _ = no_grad();
                using var scope = NewDisposeScope();
                TakeStep(scope);
                return loss;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing)
                {
                    DisposeState();
                }
            }

            private protected abstract void TakeStep(DisposeScope scope);

            private protected abstract void DisposeState();
        }
    }
}
