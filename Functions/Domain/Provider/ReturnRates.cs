using System.ComponentModel.DataAnnotations;

namespace Autopay.Domain.Provider;

/// <summary>The network's families of returns, each with a ceiling.</summary>
public enum ReturnFamily
{
    /// <summary>The customer says that nobody was authorized: R05, R07, R10, R29.</summary>
    Unauthorized,

    /// <summary>The account data were wrong: R02, R03, R04.</summary>
    Administrative,

    /// <summary>Every return, whatever its code.</summary>
    Overall,
}

/// <summary>
/// Ceilings in percent of the debits that were sent, and the number of debits below which a rate says nothing.
/// </summary>
public sealed record ReturnCeilings
{
    [Setting("returns that nobody authorized, over 60 days; crossing it halts all charging", Unit = "percent")]
    [Range(0.0, 100.0)]
    public decimal MaxUnauthorizedPercent { get; init; } = 0.5m;

    [Setting("returns for wrong account data, over 60 days; crossing it halts all charging", Unit = "percent")]
    [Range(0.0, 100.0)]
    public decimal MaxAdministrativePercent { get; init; } = 3m;

    [Setting("all returns, over 60 days; crossing it halts all charging", Unit = "percent")]
    [Range(0.0, 100.0)]
    public decimal MaxReturnedPercent { get; init; } = 15m;

    /// <summary>One return of ten debits is 10 %, and no alarm.</summary>
    [Setting("with fewer debits in 60 days a rate says nothing", Unit = "debits")]
    [Range(1, 1_000_000)]
    public int ReturnRateAtLeastDebits { get; init; } = 200;

    public decimal Of(ReturnFamily family) =>
        family switch
        {
            ReturnFamily.Unauthorized => MaxUnauthorizedPercent,
            ReturnFamily.Administrative => MaxAdministrativePercent,
            _ => MaxReturnedPercent,
        };
}

/// <summary>One rate over the window.</summary>
/// <param name="Sent">Debits (attempts) sent to the bank in the window.</param>
/// <param name="Percent">Returned of them, percent.</param>
public sealed record ReturnRate(
    ReturnFamily Family,
    int Returned,
    int Sent,
    decimal Percent,
    decimal Ceiling,
    bool IsOver
)
{
    /// <summary>With fewer sent the rate says nothing.</summary>
    public int AtLeastDebits { get; init; }

    /// <summary>The rate as a part of its ceiling; 0 while it says nothing, or without a ceiling.</summary>
    public decimal PercentOfCeiling =>
        Sent < AtLeastDebits || Sent == 0 || Ceiling == 0 ? 0 : 100 * (100m * Returned / Sent) / Ceiling;
}

/// <summary>
/// Counts what was sent and what was returned over the last 60 days: a "no" on the day of the "no", later returns on
/// the day they came.
/// </summary>
public sealed class ReturnTally(DateOnly today, ReturnCeilings ceilings)
{
    public const int WindowDays = 60;
    private readonly Dictionary<ReturnFamily, int> returned = [];
    private int sent;

    public IReadOnlyList<ReturnRate> Rates => [.. Enum.GetValues<ReturnFamily>().Select(RateOf)];

    public void Add(Debit debit)
    {
        foreach (var attempt in debit.Attempts)
        {
            sent += IsInWindow(attempt.SubmittedOn) ? 1 : 0;
            if (
                attempt is { Phase: AttemptPhase.Refused, Code: { } code }
                && ReturnCodes.IsReturn(code)
                && IsInWindow(attempt.AnsweredOn)
            )
            {
                Count(code);
            }
        }

        if (debit.BankReturn is { } last && IsInWindow(last.On))
        {
            Count(last.Code);
        }
    }

    private void Count(string code)
    {
        returned[ReturnFamily.Overall] = returned.GetValueOrDefault(ReturnFamily.Overall) + 1;
        if (ReturnCodes.FamilyOf(code) is { } family)
        {
            returned[family] = returned.GetValueOrDefault(family) + 1;
        }
    }

    private ReturnRate RateOf(ReturnFamily family)
    {
        var count = returned.GetValueOrDefault(family);
        var percent = sent == 0 ? 0 : Math.Round(100m * count / sent, 3);
        // The rate itself is compared, not the rounded one that people read.
        return new ReturnRate(
            family,
            count,
            sent,
            percent,
            ceilings.Of(family),
            sent >= ceilings.ReturnRateAtLeastDebits && 100m * count > ceilings.Of(family) * sent
        )
        {
            AtLeastDebits = ceilings.ReturnRateAtLeastDebits,
        };
    }

    private bool IsInWindow(DateOnly? day) => day is { } it && it > today.AddDays(-WindowDays) && it <= today;
}
