using System.Numerics.Tensors;

namespace Microsoft.ML.Trainers;

/// <summary>L-BFGS with a line search for the strong Wolfe conditions (Nocedal and Wright, algorithms 3.5 and 3.6).</summary>
internal sealed class LbfgsMinimizer(Objective objective, float[] start, int historySize, bool nonNegative)
    : Minimizer(objective, start, historySize)
{
    private const float SufficientDecrease = 1e-4f;
    private const float CurvatureFactor = 0.9f;
    private const float MinimumChange = 0.01f;
    private const int MaximumZoomSteps = 10;

    /// <summary>A step length with the value and the directional derivative there.</summary>
    private readonly record struct Trial(float Alpha, float Value, float Derivative);

    private protected override bool FixesZeros => nonNegative;

    private protected override void FindSteepestDescent()
    {
        for (int i = 0; i < Point.Length; i++)
            SteepestDescent[i] = nonNegative && !(Point[i] > 0) ? -MathF.Min(Gradient[i], 0) : -Gradient[i];
    }

    private protected override bool LineSearch(bool force)
    {
        float derivative = TensorPrimitives.Dot<float>(Direction, Gradient);
        CheckDescent(derivative);

        float slope = SufficientDecrease * derivative;
        float curvature = -CurvatureFactor * derivative;
        float alpha = FirstStep;
        var last = new Trial(0, LastValue, derivative);
        while (true)
        {
            var current = Try(alpha);
            if (float.IsPositiveInfinity(current.Value))
            {
                alpha /= 2;
                continue;
            }

            CheckFinite(current.Value);
            if (current.Value > LastValue + slope * alpha || (last.Alpha > 0 && current.Value >= last.Value))
                return Zoom(last, current, slope, curvature, force);
            if (MathF.Abs(current.Derivative) <= curvature)
                return true;
            if (current.Derivative >= 0)
                return Zoom(current, last, slope, curvature, force);

            last = current;
            alpha = alpha == 0 ? float.Epsilon : alpha * 2;
        }
    }

    /// <summary>Narrows the interval that holds an acceptable step; <paramref name="low"/> has the lowest value so far.</summary>
    private bool Zoom(Trial low, Trial high, float slope, float curvature, bool force)
    {
        for (int step = 0; step < MaximumZoomSteps || force; step++)
        {
            var current = Try(Interpolate(low, high));
            CheckFinite(current.Value);
            if (current.Value > LastValue + slope * current.Alpha || current.Value >= low.Value)
            {
                if (high.Alpha == current.Alpha)
                    return GiveUp(force);
                high = current;
            }
            else if (MathF.Abs(current.Derivative) <= curvature)
            {
                return true;
            }
            else
            {
                if (current.Derivative * (high.Alpha - low.Alpha) >= 0)
                    high = low;
                if (low.Alpha == current.Alpha)
                    return GiveUp(force);
                low = current;
            }
        }
        return false;
    }

    private Trial Try(float alpha)
    {
        TensorPrimitives.MultiplyAdd(Direction, alpha, Point, NextPoint);
        if (nonNegative)
            TensorPrimitives.Max(NextPoint, 0, NextPoint);
        Value = Evaluate(NextPoint, NextGradient);
        return new Trial(alpha, Value, TensorPrimitives.Dot<float>(Direction, NextGradient));
    }

    private static float Interpolate(Trial low, Trial high)
    {
        var (left, right) = low.Alpha < high.Alpha ? (low, high) : (high, low);
        float alpha;
        if (left.Derivative > 0 && right.Derivative < 0)
        {
            // The cubic has a maximum between them, no minimum.
            alpha = low.Value < high.Value ? low.Alpha : high.Alpha;
        }
        else
        {
            alpha = CubicMinimum(low, high);
            if (!float.IsFinite(alpha))
                alpha = (low.Alpha + high.Alpha) / 2;
        }

        // Within the interval, and not too near to its ends.
        float upper = MinimumChange * left.Alpha + (1 - MinimumChange) * right.Alpha;
        float lower = MinimumChange * right.Alpha + (1 - MinimumChange) * left.Alpha;
        return MathF.Max(MathF.Min(alpha, upper), lower);
    }

    private static float CubicMinimum(Trial a, Trial b)
    {
        double t1 = a.Derivative + b.Derivative - 3 * (a.Value - b.Value) / (a.Alpha - b.Alpha);
        double t2 = Math.Sign(b.Alpha - a.Alpha) * Math.Sqrt(t1 * t1 - a.Derivative * b.Derivative);
        double numerator = b.Derivative + t2 - t1;
        double denominator = b.Derivative - a.Derivative + 2 * t2;
        return (float)(b.Alpha - (b.Alpha - a.Alpha) * numerator / denominator);
    }

    private static bool GiveUp(bool force) =>
        force ? throw new PrematureConvergenceException("Step size interval numerically zero.") : false;

    private static void CheckFinite(float value)
    {
        if (!float.IsFinite(value))
            throw new InvalidOperationException($"Optimizer unable to proceed with loss function yielding {value}");
    }
}
