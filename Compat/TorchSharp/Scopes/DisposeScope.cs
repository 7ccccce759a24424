namespace TorchSharp;

/// <summary>Disposes, at its end, of every tensor made inside it that was not moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    private HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);
    private DisposeScopeManager? _manager;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        _manager = manager;
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    internal T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Move(Outer, disposable);
        return disposable;
    }

    internal (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOuter(first);
        MoveToOuter(second);
        return (first, second);
    }

    internal void MoveToOuter(params IDisposable[] disposables) => MoveToOuter((IEnumerable<IDisposable>)disposables);

    internal void MoveToOuter(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            Move(Outer, disposable);
        }
    }

    internal T Detach<T>(T disposable) where T : IDisposable
    {
        Move(null, disposable);
        return disposable;
    }

    internal void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
        {
            Move(null, disposable);
        }
    }

    internal void Attach(IDisposable disposable)
    {
        var counts = Open()._manager!.Counts.TensorStatistics;
        if (disposable is not torch.Tensor tensor)
        {
            _disposables.Add(disposable);
        }
        else if (!ReferenceEquals(tensor.OwningDisposeScope, this))
        {
            tensor.OwningDisposeScope?._disposables.Remove(tensor);
            tensor.OwningDisposeScope = this;
            _disposables.Add(tensor);
            counts.AttachedToScopeCount++;
        }
    }

    internal void MarkAsDisposed(IDisposable disposable)
    {
        _disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = null;
        }
    }

    internal void DisposeEverything() => DisposeEverythingBut([]);

    internal T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    internal void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var all = Open()._disposables;
        _disposables = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in all)
        {
            if (!_disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    public void Dispose()
    {
        if (_manager is not null)
        {
            DisposeEverything();
            _manager.Remove(this);
            _manager = null;
        }
    }

    internal void Add(IDisposable disposable) => _disposables.Add(disposable);

    /// <summary>Puts a tensor into the place of another, which was taken over by it.</summary>
    internal void Replace(torch.Tensor original, torch.Tensor replacement)
    {
        if (_disposables.Remove(original))
        {
            original.OwningDisposeScope = null;
            replacement.OwningDisposeScope = this;
            _disposables.Add(replacement);
        }
    }

    private void Move(DisposeScope? target, IDisposable disposable)
    {
        if (!Open()._disposables.Remove(disposable))
        {
            return;
        }

        target?._disposables.Add(disposable);
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope = target;
            if (target is null)
            {
                _manager!.Counts.TensorStatistics.DetachedFromScopeCount++;
            }
        }
    }

    private DisposeScope Open()
    {
        ObjectDisposedException.ThrowIf(_manager is null, this);
        return this;
    }
}
