using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Orthant-wise limited-memory quasi-Newton: a smooth function plus an L1 norm
/// (Andrew and Gao, "Scalable training of L1-regularized log-linear models", ICML 2007).
/// </summary>
/// <param name="objective">The smooth part.</param>
/// <param name="start">The first point.</param>
/// <param name="historySize">The number of steps to remember.</param>
/// <param name="freeCount">The number of leading coordinates (the biases) that the L1 norm leaves out.</param>
/// <param name="l1Weight">The weight of the L1 norm.</param>
/// <param name="nonNegative">Whether coordinates below zero are forbidden.</param>
internal sealed class OwlqnMinimizer(Objective objective, float[] start, int historySize, int freeCount, float l1Weight, bool nonNegative)
    : Minimizer(objective, start, historySize)
{
    private const float Gamma = 1e-4f;
    private const float Shrink = 0.25f;
    private const int MaximumSteps = 8;

    private protected override bool FixesZeros => true;

    private protected override float Evaluate(float[] point, float[] gradient)
    {
        // In order, as the original: where single precision ends, the order decides which step is the last.
        float norm = 0;
        foreach (float x in point.AsSpan(freeCount))
            norm += nonNegative ? x : MathF.Abs(x);
        return l1Weight * norm + base.Evaluate(point, gradient);
    }

    private protected override void FindSteepestDescent()
    {
        for (int i = 0; i < Point.Length; i++)
            SteepestDescent[i] = i < freeCount ? -Gradient[i] : Descent(Point[i], Gradient[i]);
    }

    /// <summary>The negative pseudo-gradient of one coordinate.</summary>
    private float Descent(float x, float gradient)
    {
        if (nonNegative)
            return x > 0 ? -gradient - l1Weight : -MathF.Min(gradient + l1Weight, 0);
        if (x < 0 || (x == 0 && gradient > l1Weight))
            return -gradient + l1Weight;
        if (x > 0 || gradient < -l1Weight)
            return -gradient - l1Weight;
        return 0;
    }

    private protected override bool LineSearch(bool force)
    {
        CheckDescent(-TensorPrimitives.Dot<float>(Direction, SteepestDescent));

        float alpha = FirstStep;
        float progress = Step(alpha);
        if (progress < 0)
        {
            for (int i = freeCount; i < Direction.Length; i++)
            {
                if (SteepestDescent[i] * Direction[i] < 0)
                    Direction[i] = 0;
            }
            progress = Step(alpha);
        }

        for (int step = 1; ; step++)
        {
            Value = Evaluate(NextPoint, NextGradient);
            if (Value <= LastValue - Gamma * progress)
                return true;
            if (step == MaximumSteps && !force)
                return false;
            alpha *= Shrink;
            progress = Step(alpha);
        }
    }

    /// <summary>Goes along the direction without leaving the orthant; returns the progress along the steepest descent.</summary>
    private float Step(float alpha)
    {
        TensorPrimitives.MultiplyAdd(Direction, alpha, Point, NextPoint);
        for (int i = freeCount; i < NextPoint.Length; i++)
        {
            if (nonNegative ? NextPoint[i] < 0 : Point[i] * NextPoint[i] < 0)
                NextPoint[i] = 0;
        }
        return TensorPrimitives.Dot<float>(SteepestDescent, NextPoint) - TensorPrimitives.Dot<float>(SteepestDescent, Point);
    }
}
