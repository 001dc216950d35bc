using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Autopay.Domain.Certificates;

/// <summary>One counted total against what is entered here; cents.</summary>
public sealed record CertificateLine(TotalKey Key, int CountedCount, Money Counted, int EnteredCount, Money Entered)
{
    /// <summary>Who counted, why and when; null of what was entered and nobody counted.</summary>
    public Authority? CountedBy { get; init; }

    /// <summary>The file that brought the total; null when it was typed.</summary>
    public string? Import { get; init; }

    /// <summary>What was counted before, oldest first; null when nothing was.</summary>
    public IReadOnlyList<FormerCount>? Replaced { get; init; }

    /// <summary>Fewer receipts or cents are counted than somebody has counted before.</summary>
    [JsonIgnore]
    public bool IsLowered => Replaced?.Any(former => former.Count > CountedCount || former.Amount > Counted) == true;

    /// <summary>What is counted and was counted before, in words.</summary>
    [JsonIgnore]
    public string InPlace =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Key}: {CountedCount} of ${Counted}, before {string.Join(", before ", (Replaced ?? []).Reverse())}"
        );

    [JsonIgnore]
    public bool Agrees => (CountedCount, Counted) == (EnteredCount, Entered);

    /// <summary>Entered less counted: below zero what is missing here.</summary>
    [JsonIgnore]
    public Money Difference => Entered - Counted;

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Key}: counted {CountedCount}, ${Counted}; entered {EnteredCount}, ${Entered}"
        );
}

/// <summary>
/// Whether what was counted is entered: the proof behind a clear. The same totals, payments and watermarks give the
/// same hash.
/// </summary>
/// <param name="ReceivedThrough">By channel, the last civil day of which all payments are said to be in.</param>
/// <param name="Lines">In the order of their keys.</param>
public sealed record Certificate(
    CycleNumber Cycle,
    IReadOnlyDictionary<string, DateOnly> ReceivedThrough,
    IReadOnlyList<CertificateLine> Lines
)
{
    /// <summary>What should have been counted and was not; null where nothing is missing, or nobody asks.</summary>
    public IReadOnlyList<UncountedDays>? Uncounted { get; init; }

    private const int MostReplaced = 20;

    [JsonIgnore]
    public bool HasTotals => Lines.Count > 0;

    [JsonIgnore]
    public IReadOnlyList<CertificateLine> Differences => [.. Lines.Where(line => !line.Agrees)];

    /// <summary>Counts that somebody has taken away, or in part: like a difference, only two people look past
    /// them.</summary>
    [JsonIgnore]
    public IReadOnlyList<CertificateLine> Lowered => [.. Lines.Where(line => line.IsLowered)];

    /// <summary>Every total agrees, none was lowered, and all that has to be counted is.</summary>
    [JsonIgnore]
    public bool IsBorneOut => Differences.Count == 0 && Uncounted is null && Lowered.Count == 0;

    /// <summary>Each count that took the place of another one, in words; null when none did.</summary>
    [JsonIgnore]
    public string? InPlace
    {
        get
        {
            var replaced = Lines.Where(line => line.Replaced is not null).Select(line => line.InPlace).ToList();
            var rest = replaced.Count > MostReplaced ? $"; and {replaced.Count - MostReplaced} more" : "";
            return replaced.Count == 0 ? null : string.Join("; ", replaced.Take(MostReplaced)) + rest;
        }
    }

    /// <summary>In all channels, days.</summary>
    [JsonIgnore]
    public int DaysUncounted => Uncounted?.Sum(channel => channel.Days.Count) ?? 0;

    /// <summary>What the differences come to, each by its size; cents.</summary>
    [JsonIgnore]
    public Money DifferenceCents => Differences.Sum(line => Money.Max(line.Difference, -line.Difference));

    /// <summary>SHA-256 over everything that it says, lower-case hex.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToCanonicalText())));

    /// <summary>A sentence: <c>1 of 8 totals differs, by $60.00</c>.</summary>
    public string ToSentence() =>
        Lowered.Count switch
        {
            0 => CountInWords(),
            1 => $"{CountInWords()}, and 1 count was lowered",
            var some => string.Create(
                CultureInfo.InvariantCulture,
                $"{CountInWords()}, and {some} counts were lowered"
            ),
        };

    private string CountInWords() =>
        (Lines.Count, Differences.Count) switch
        {
            (0, _) => "nothing was counted",
            (1, 0) => "the one total agrees",
            (var all, 0) => string.Create(CultureInfo.InvariantCulture, $"all {all} totals agree"),
            (var all, 1) => string.Create(
                CultureInfo.InvariantCulture,
                $"1 of {all} totals differs, by ${DifferenceCents}"
            ),
            (var all, var some) => string.Create(
                CultureInfo.InvariantCulture,
                $"{some} of {all} totals differ, by ${DifferenceCents}"
            ),
        };

    // A part a line, each text with its length before it: no drawer's name can look like another line.
    internal string ToCanonicalText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"certificate 1\ncycle {Cycle}\n");
        foreach (var (channel, day) in ReceivedThrough.OrderBy(through => through.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"through {Sized(channel)} {day:yyyy-MM-dd}\n");
        }

        foreach (var line in Lines.OrderBy(line => line.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.Key.ReceivedOn:yyyy-MM-dd} {Sized(line.Key.Channel)} ");
            text.Append(CultureInfo.InvariantCulture, $"{Sized(line.Key.Drawer)} {line.Key.Cycle?.Value ?? 0} ");
            text.Append(CultureInfo.InvariantCulture, $"{line.CountedCount} {line.Counted.Cents} ");
            text.Append(CultureInfo.InvariantCulture, $"{line.EnteredCount} {line.Entered.Cents} ");
            text.Append(CultureInfo.InvariantCulture, $"{Sized(line.CountedBy?.By)} {Sized(line.CountedBy?.Why)} ");
            text.Append(CultureInfo.InvariantCulture, $"{line.CountedBy?.At.UtcTicks ?? 0} {Sized(line.Import)}\n");
            foreach (var former in line.Replaced ?? [])
            {
                text.Append(CultureInfo.InvariantCulture, $"before {former.Count} {former.Amount.Cents} ");
                text.Append(CultureInfo.InvariantCulture, $"{Sized(former.Counted.By)} {Sized(former.Counted.Why)} ");
                text.Append(CultureInfo.InvariantCulture, $"{former.Counted.At.UtcTicks}\n");
            }
        }

        foreach (var channel in Uncounted ?? [])
        {
            var days = channel.Days.Select(day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"uncounted {Sized(channel.Channel)} {string.Join(' ', days)}\n");
        }

        return text.ToString();
    }

    internal static string Sized(string? part) =>
        string.Create(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}");
}
