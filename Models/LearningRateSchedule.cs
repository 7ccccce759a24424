namespace OnnxAE.Models;

/// <summary>How the learning rate goes over a run.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays as it is.</summary>
    Constant,

    /// <summary>
    /// Up to the learning rate in the first steps, 30 % of them where nothing else is said, then down to nothing along a cosine (Smith and Topin, 2018,
    /// arXiv:1708.07120): reaches in a few epochs what a constant rate needs many for.
    /// </summary>
    OneCycle,

    /// <summary>Down to nothing along half a cosine, without a rise (Loshchilov and Hutter, 2016, arXiv:1608.03983, one period).</summary>
    Cosine,

    /// <summary>A tenth of it after half of the steps, a hundredth after three quarters (He et al., 2015, arXiv:1512.03385).</summary>
    Step,
}
