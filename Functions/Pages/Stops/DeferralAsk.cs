using System.Globalization;
using Autopay.Application.Finance;
using Microsoft.AspNetCore.Http;

namespace Autopay.Pages.Stops;

/// <summary>A deferral as a form has it so far: what is not filled in, or is no day, is null.</summary>
public sealed record DeferralAsk(
    DeferralAction Action,
    IReadOnlyList<CycleNumber> Cycles,
    DateOnly? From,
    DateOnly? To,
    DateOnly? ClearBy
)
{
    private const int OutageDays = 14;

    public bool IsWhole => Cycles.Count > 0 && From is not null && To is not null;

    /// <summary>Everything that falls due from tomorrow on, for 14 days.</summary>
    public static DeferralAsk Outage(IReadOnlyList<CycleNumber> cycles, DateOnly today) =>
        new(DeferralAction.Hold, cycles, today.AddDays(1), today.AddDays(OutageDays), null);

    public static DeferralAsk Of(IQueryCollection query) =>
        new(
            query["action"] == "merge" ? DeferralAction.Merge : DeferralAction.Hold,
            FormFields.Cycles(query),
            FormFields.Day(query, "dueFrom"),
            FormFields.Day(query, "dueTo"),
            FormFields.Day(query, "expectedClearBy")
        );

    public DeferralDeclared ToChange() =>
        new(new DeferralId("preview"), Cycles, From!.Value, To!.Value, Action, ClearBy);
}

/// <summary>Fields of a form as a query has them: what is not filled in yet is nothing, and no mistake.</summary>
public static class FormFields
{
    private const int LargestCycle = 99;

    public static DateOnly? Day(IQueryCollection query, string name) =>
        DateOnly.TryParseExact(
            query[name].FirstOrDefault(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : null;

    public static IReadOnlyList<CycleNumber> Cycles(IQueryCollection query) =>
        [
            .. query["cycles"]
                .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)
                .Where(cycle => cycle is > 0 and <= LargestCycle)
                .Distinct()
                .Select(cycle => new CycleNumber(cycle)),
        ];

    /// <summary>Days with blanks, commas or semicolons between them.</summary>
    public static IReadOnlyList<DateOnly> Days(IQueryCollection query, string name) =>
        [
            .. (query[name].FirstOrDefault() ?? "")
                .Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(text =>
                    DateOnly.TryParseExact(
                        text,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                        ? day
                        : (DateOnly?)null
                )
                .OfType<DateOnly>()
                .Distinct()
                .Order(),
        ];
}

/// <summary>What a deferral would do, while somebody thinks of it.</summary>
/// <param name="Preview">Null while the form is not whole, or it would be refused.</param>
/// <param name="Refused">Why it would be refused.</param>
/// <param name="Overlaps">Other holds or merges on the same cycles and days.</param>
public sealed record DeferralLook(
    DeferralAsk Ask,
    PreviewOfChange? Preview,
    string? Refused,
    IReadOnlyList<Deferral> Overlaps,
    IReadOnlyList<Autopay.Application.Finance.CycleName> Names
);

/// <param name="Cycles">All that there are, by number.</param>
/// <param name="Deferrals">Those that are in force, and of the last ones that are not.</param>
public sealed record DeclareModel(
    DeferralLook Look,
    IReadOnlyList<CycleNumber> Cycles,
    IReadOnlyList<CycleName> Names,
    IReadOnlyList<Deferral> Deferrals
);

/// <param name="Preview">Of its withdrawal; null when it is withdrawn, or that would be refused.</param>
public sealed record DeferralModel(Deferral Deferral, Authority? Declared, PreviewOfChange? Preview, string? Refused);
