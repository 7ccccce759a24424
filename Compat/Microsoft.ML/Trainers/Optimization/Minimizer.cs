using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>The frame of limited-memory quasi-Newton methods; the direction and the line search are the derived class's.</summary>
internal abstract class Minimizer
{
    private readonly Objective _objective;
    private readonly LbfgsHistory _history;

    private protected Minimizer(Objective objective, float[] start, int historySize)
    {
        _objective = objective;
        _history = new LbfgsHistory(historySize, start.Length);
        Point = (float[])start.Clone();
        Gradient = new float[start.Length];
        NextPoint = new float[start.Length];
        NextGradient = new float[start.Length];
        Direction = new float[start.Length];
        SteepestDescent = new float[start.Length];
    }

    private protected float[] Point { get; private set; }

    private protected float[] Gradient { get; private set; }

    private protected float[] NextPoint { get; private set; }

    private protected float[] NextGradient { get; private set; }

    private protected float[] Direction { get; }

    private protected float[] SteepestDescent { get; }

    /// <summary>The value at the point from which the line search goes out.</summary>
    private protected float LastValue { get; private set; }

    /// <summary>The value at the point that the line search tried last.</summary>
    private protected float Value { get; set; }

    private protected int Iteration { get; private set; } = 1;

    /// <summary>Minimizes the function and returns the best point, also where the steps became too small to be told apart.</summary>
    public float[] Minimize(MeanImprovementCriterion criterion)
    {
        LastValue = Value = Evaluate(Point, Gradient);
        if (!float.IsFinite(LastValue))
            throw new InvalidOperationException($"Optimizer unable to proceed with loss function yielding {LastValue}");

        try
        {
            UpdateDirection();
            while (true)
            {
                if (!LineSearch(force: false))
                {
                    // Numerical errors of former gradients may be the cause: forget them and go down the gradient.
                    _history.Clear();
                    UpdateDirection();
                    LineSearch(force: true);
                }

                if (criterion.IsMet(LastValue, Value, Iteration))
                    return NextPoint;
                Shift();
                UpdateDirection();
            }
        }
        catch (PrematureConvergenceException)
        {
            return NextPoint;
        }
    }

    private protected virtual float Evaluate(float[] point, float[] gradient) => _objective(point, gradient);

    /// <summary>Writes the direction of steepest descent, before the inverse Hessian is applied.</summary>
    private protected abstract void FindSteepestDescent();

    /// <summary>True when coordinates at which the steepest descent stands still must not move.</summary>
    private protected abstract bool FixesZeros { get; }

    /// <summary>Finds <see cref="NextPoint"/> along the direction; false when it gives up, which it must not when forced.</summary>
    private protected abstract bool LineSearch(bool force);

    private protected float FirstStep => Iteration == 1 ? 1 / TensorPrimitives.Norm<float>(Direction) : 1;

    private protected static void CheckDescent(float derivative)
    {
        if (derivative == 0)
            throw new PrematureConvergenceException("Directional derivative is zero. You may be sitting on the optimum.");
        if (!(derivative < 0))
            throw new InvalidOperationException("L-BFGS chose a non-descent direction.");
    }

    private void UpdateDirection()
    {
        FindSteepestDescent();
        SteepestDescent.CopyTo(Direction, 0);
        _history.MapByInverseHessian(Direction);
        if (!FixesZeros)
            return;
        for (int i = 0; i < Direction.Length; i++)
        {
            if (SteepestDescent[i] == 0)
                Direction[i] = 0;
        }
    }

    private void Shift()
    {
        if (!_history.TryAdd(Point, NextPoint, Gradient, NextGradient))
            throw new PrematureConvergenceException("ro equals zero. Is your function linear?");
        LastValue = Value;
        (Point, NextPoint) = (NextPoint, Point);
        (Gradient, NextGradient) = (NextGradient, Gradient);
        Iteration++;
    }
}
