namespace Autopay.Tests.App.EndToEnd;

/// <summary>One city of real processes at a time: they would only starve each other.</summary>
[CollectionDefinition(Name)]
public sealed class RealProcesses
{
    public const string Name = "Real processes";
}
