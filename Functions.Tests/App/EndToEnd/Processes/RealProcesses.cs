namespace Autopay.Tests.App.EndToEnd;

/// <summary>
/// One city of real processes at a time, and nothing else beside it: they would only starve each other.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RealProcesses
{
    public const string Name = "Real processes";
}
