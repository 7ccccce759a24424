namespace OnnxAE.Tests;

/// <summary>Runs a test only where a program of others is installed; elsewhere the test is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresPeerAttribute : ConditionBaseAttribute
{
    /// <param name="peer">One of the names of <see cref="OnnxAE.Tests.Peer"/>.</param>
    public RequiresPeerAttribute(string peer)
        : base(ConditionMode.Include)
    {
        Peer = peer;
        IgnoreMessage = $"Not run: {peer} is not installed here.";
    }

    public string Peer { get; }

    public override string GroupName => $"{nameof(RequiresPeerAttribute)}.{Peer}";

    public override bool IsConditionMet => Tests.Peer.IsInstalled(Peer);
}
