using Autopay.Application.Ledgers;

namespace Autopay.Tests.Browser.Budgets;

/// <summary>What a page may cost at most.</summary>
/// <param name="Bytes">Of its HTML, not packed.</param>
/// <param name="Looks">Requests to each bucket, whose accounts are counted on the spot where they are few.</param>
/// <param name="Reads">The other requests to tables, in a city of any size.</param>
internal sealed record PageBudget(string Name, string Path, int Bytes, int Looks, int Reads)
{
    public int MostReads => (Looks * Bucket.Count) + Reads;

    /// <summary>Requests of a browser that was never there, and of one that was.</summary>
    public (int First, int Repeat) Requests { get; init; } = (4, 1);

    /// <summary>Whom nobody knows.</summary>
    public bool IsPublic => Path == "/status";

    private const int Kilobyte = 1024;

    private const string Preview =
        "/console/deferrals/preview?cycles=1&cycles=2&dueFrom=2020-01-22&dueTo=2020-02-12&action=hold";

    public static IReadOnlyList<PageBudget> All { get; } =
    [
        new("Today", "/console", 20 * Kilobyte, 1, 18),
        new("cycle", "/console/cycles/1", 24 * Kilobyte, 1, 7),
        new("certificate", "/console/cycles/2/certificate", 24 * Kilobyte, 1, 11),
        new("declare", "/console/deferrals/new?ready=outage", 10 * Kilobyte, 1, 6),
        new("release", "/console/releases/R-1", 28 * Kilobyte, 0, 10),
        new("work list, 50 rows", "/console/work", 30 * Kilobyte, 1, 12),
        new("account", "/console/accounts/A-4", 30 * Kilobyte, 0, 4),
        new("status", "/status", 12 * Kilobyte, 0, 1) { Requests = (2, 0) },
    ];

    /// <summary>Of a city with three times as many cycles.</summary>
    public static PageBudget TwelveCycles { get; } = new("Today, 12 cycles", "/console", 36 * Kilobyte, 1, 18);

    /// <summary>Parts that a page asks for again, which no browser opens.</summary>
    public static IReadOnlyList<PageBudget> Parts { get; } =
    [
        new("a preview of declare", Preview, 2 * Kilobyte, 1, 6),
        new("release progress, one poll", "/console/releases/R-1/progress?was=WaitsForGo", 2 * Kilobyte, 0, 1),
    ];
}

/// <summary>What it did cost.</summary>
/// <param name="Median">Milliseconds of the whole answer, warm, on one machine.</param>
/// <param name="P95">The same of nineteen in twenty.</param>
internal sealed record PageCost(string Page, int Bytes, int Reads, double Median, double P95);

/// <summary>The same page in a browser whose network is 4 Mbit/s with 100 ms a request.</summary>
/// <param name="FirstContent">Milliseconds until something stands there, with nothing kept.</param>
internal sealed record PageVisit(
    string Page,
    int First,
    int Repeat,
    long FirstBytes,
    long RepeatBytes,
    double FirstContent
);
