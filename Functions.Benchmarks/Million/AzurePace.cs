using Autopay.Benchmarks.Cloud;

namespace Autopay.Benchmarks.Million;

/// <summary>So much a second, and a queue of a second before it; who would wait longer is refused.</summary>
internal sealed class Throughput(double perSecond)
{
    private const double LongestQueue = 1;
    private double freeAt;
    private (long Second, double Taken) present;

    /// <summary>In any one second.</summary>
    public double Most { get; private set; }

    public double Total { get; private set; }

    public bool Admits(double now) => freeAt - now <= LongestQueue;

    /// <returns>Seconds until it is served.</returns>
    public double Take(double now, double units)
    {
        Total += units;
        freeAt = Math.Max(freeAt, now) + (units / perSecond);
        var second = (long)freeAt;
        present = present.Second == second ? (second, present.Taken + units) : (second, units);
        Most = Math.Max(Most, present.Taken);
        return freeAt - now;
    }
}

/// <summary>
/// The limits that Azure publishes of a storage account, and 10 to 30 ms a request: 20,000 requests a second in all,
/// 2,000 entities of a partition, 2,000 messages of a queue, 60 MiB of a blob. An entity counts as one whatever its
/// size (the published one is of 1 KiB), read or written.
/// </summary>
internal sealed class AzurePace(VirtualTime time) : ICloudPace, ICloudPatience
{
    public const int OfAccount = 20_000;
    public const int OfPartition = 2_000;
    private const int OfQueue = 2_000;
    private const int OfBlob = 60 << 20;
    private const double Quickest = 0.010;
    private const double Spread = 0.020;
    private readonly Lock gate = new();
    private readonly Throughput account = new(OfAccount);
    private readonly Dictionary<CloudPart, Throughput> parts = [];
    private uint dice = 1;

    /// <summary>Nothing is measured and takes time before the city is there.</summary>
    public bool IsOn { get; set; }

    public int Refused { get; private set; }

    public Dictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The partition of a table that had the most entities in one second.</summary>
    public (string Name, double Most) Hottest =>
        parts
            .Where(part => part.Key.Service == "table")
            .Select(part => (part.Key.Name, part.Value.Most))
            .DefaultIfEmpty()
            .MaxBy(part => part.Most);

    public double MostOfAccount => account.Most;

    public Task WaitAsync(TimeSpan wait) => time.WaitAsync(wait);

    public bool Admits(CloudPart part)
    {
        if (!IsOn)
        {
            return true;
        }

        lock (gate)
        {
            var now = time.Passed.TotalSeconds;
            Requests[part.Service] = Requests.GetValueOrDefault(part.Service) + 1;
            var admitted = account.Admits(now) && Of(part).Admits(now);
            Refused += admitted ? 0 : 1;
            return admitted;
        }
    }

    public Task ServeAsync(CloudPart part, int units)
    {
        if (!IsOn)
        {
            return Task.CompletedTask;
        }

        lock (gate)
        {
            var now = time.Passed.TotalSeconds;

            // A refusal waits for nobody.
            var served = units == 0 ? 0 : Math.Max(account.Take(now, 1), Of(part).Take(now, units));
            return time.WaitAsync(TimeSpan.FromSeconds(Quickest + (Spread * Roll()) + served));
        }
    }

    private Throughput Of(CloudPart part) =>
        parts.TryGetValue(part, out var known)
            ? known
            : parts[part] = new Throughput(
                part.Service switch
                {
                    "table" => OfPartition,
                    "queue" => OfQueue,
                    _ => OfBlob,
                }
            );

    // The same in every run.
    private double Roll()
    {
        unchecked
        {
            dice = (dice * 1_664_525) + 1_013_904_223;
        }

        return dice / (double)uint.MaxValue;
    }
}
