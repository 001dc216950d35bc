namespace Autopay.Samples.Generator;

/// <summary>What city to make. The same options always give the same bytes.</summary>
public sealed record CityOptions
{
    public const int MaxAccounts = 9_999_990;
    public const int MaxMonths = 24;

    /// <summary>
    /// Number of accounts, spread over the four cycles (over one with <see cref="Plain"/>). Default 500, at most
    /// 9,999,990.
    /// </summary>
    public int Accounts { get; init; } = 500;

    public int Seed { get; init; } = 1;

    /// <summary>Bills per account, 28 days apart. Default 3, at most 24. <see cref="Plain"/> makes one bill.</summary>
    public int Months { get; init; } = 3;

    public string Name { get; init; } = "Generated city";

    /// <summary>No stories at all: every account one bill, one due date, one cycle. For benchmarks.</summary>
    public bool Plain { get; init; }

    /// <summary>Which share of the accounts lives which story; unused when <see cref="Plain"/>.</summary>
    public StoryShares Shares { get; init; } = StoryShares.Typical;

    internal CityOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Accounts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Accounts, MaxAccounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(Months, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Months, MaxMonths);
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        return this;
    }
}
