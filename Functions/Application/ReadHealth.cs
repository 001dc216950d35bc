using Autopay.Application.Ports.Books;

namespace Autopay.Application;

/// <summary>Whether the app can work, part by part.</summary>
/// <param name="ClockSkewSeconds">Our clock against the storage service's; null when it did not tell.</param>
public sealed record Health(string Status, bool Tables, bool Queues, bool Blobs, int? ClockSkewSeconds, bool? Halted)
{
    /// <summary>Of the release.</summary>
    public string Version { get; } = ThisBuild.Current.Version;

    /// <summary>The commit; null when it was built outside a repository.</summary>
    public string? Build { get; } = ThisBuild.Current.Build;

    /// <summary>The newest shape of a ledger that this version reads, and the one that it writes.</summary>
    public int Schema { get; } = AccountLedger.CurrentSchema;

    /// <summary>
    /// After a restore: everything waits until every intent since then (UTC) is matched; null in normal times.
    /// </summary>
    public DateTimeOffset? ReconcileBeforeChargeSince { get; init; }

    /// <summary>A sentence, while nothing at all is charged.</summary>
    public string? WhyNothingIsCharged { get; init; }

    /// <summary>A sentence, where the city has switched a safeguard off, or not on.</summary>
    public string? Warning { get; init; }

    /// <summary>A sentence, while something is not there that the app needs before it can work.</summary>
    public string? Missing { get; init; }

    /// <summary>Seconds that clocks may differ before dates and leases become doubtful.</summary>
    private const int MostSkewSeconds = 300;

    public bool IsReady =>
        Missing is null && Tables && Queues && Blobs && !(Math.Abs(ClockSkewSeconds ?? 0) > MostSkewSeconds);
}

/// <summary>
/// Asks everything that a request or a message needs. That nothing is charged is shown and is no illness.
/// </summary>
public sealed class ReadHealth(IStorageProbe probe, IControlsStore controls, StoragePreparation preparation)
{
    public async Task<Health> RunAsync(CancellationToken cancel)
    {
        var found = await probe.ProbeAsync(cancel);
        var health = new Health(
            "ready",
            found.Tables,
            found.Queues,
            found.Blobs,
            (int?)found.ClockSkew?.TotalSeconds,
            null
        );
        return preparation.WhyNot is { } why ? health with { Status = "not prepared", Missing = why }
            : health.IsReady ? WithControls(health, (await controls.LoadAsync(cancel)).Controls)
            : health with
            {
                Status = health is { Tables: true, Queues: true, Blobs: true }
                    ? "the clocks differ"
                    : "storage is away",
            };
    }

    private static Health WithControls(Health health, Controls now) =>
        health with
        {
            Halted = now.IsHalted,
            ReconcileBeforeChargeSince = now.ReconcileSince,
            WhyNothingIsCharged = now.WhyNothingIsCharged,
            Warning = Joined(SwitchedOff.WarningOf(now.Policies), SwitchedOff.UnwatchedOf(now.Policies)),
        };

    private static string? Joined(string? first, string? second) =>
        first is null ? second
        : second is null ? first
        : $"{first} {second}";
}
