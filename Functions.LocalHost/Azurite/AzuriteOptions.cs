namespace Autopay.LocalHost.Azurite;

public sealed record AzuriteOptions
{
    /// <summary>Where the data is kept between runs; null keeps it in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Null lets the system pick free ports, which cannot collide with another test run.</summary>
    public AzuritePorts? Ports { get; init; }

    /// <summary>Names of more storage accounts beside the usual one, each with data of its own.</summary>
    public IReadOnlyList<string> MoreAccounts { get; init; } = [];

    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(12);

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
