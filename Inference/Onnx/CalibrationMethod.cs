namespace OnnxAE.Inference.Onnx;

/// <summary>How the range of a value is chosen from what calibration showed.</summary>
public enum CalibrationMethod
{
    /// <summary>The range with the least squared error of all that lie within the smallest and the largest number.</summary>
    SquaredError,

    /// <summary>All but the outermost 0.01 % of the numbers.</summary>
    Percentile,

    /// <summary>From the smallest number to the largest.</summary>
    MinMax,
}
