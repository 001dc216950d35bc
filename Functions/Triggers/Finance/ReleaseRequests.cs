using System.Text.Json;
using Autopay.Application.Releasing;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Finance;

/// <summary>How a plan is to go out.</summary>
/// <param name="First">So many debits first; the rest waits for a go.</param>
/// <param name="DailyLimitCents">Of those behind the first, a banking day.</param>
/// <param name="StartAt">Nothing leaves before.</param>
/// <param name="GoOn">The rest goes from this day on without a person.</param>
internal sealed record SealRequest(
    string Reason,
    int First = 0,
    long? DailyLimitCents = null,
    DateTimeOffset? StartAt = null,
    DateOnly? GoOn = null
) : ChangeTerms
{
    /// <exception cref="BadRequestException">A number below zero, or a limit of nothing.</exception>
    public Sealing ToSealing() =>
        First < 0 ? throw new BadRequestException("first: expected a number of debits, 0 for all at once.")
        : DailyLimitCents <= 0 ? throw new BadRequestException("dailyLimitCents: expected cents above zero.")
        : new Sealing(First, DailyLimitCents is { } cents ? new Money(cents) : null, StartAt, GoOn);
}

/// <summary>A release as both people read it.</summary>
/// <param name="Hash">Of what is shown: the approver sends it back.</param>
internal sealed record ReleaseAnswer(
    string Id,
    CycleNumber Cycle,
    ReleaseStep Step,
    Authority Made,
    DateTimeOffset? AsOf,
    string? Last,
    int? BucketsPlanned,
    PlanTotals? Totals,
    ReleaseTerms? Terms,
    Authority? Sealed,
    string? Shown,
    string? Hash,
    DateTimeOffset? ExpiresAt,
    Authority? Approved,
    Authority? Gone,
    Authority? Stopped,
    ReleaseProgress? Progress
)
{
    /// <summary>What contradicts the clear of its cycle; null when nothing does, and in lists.</summary>
    public LateReceiptsView? LateReceipts { get; init; }

    public static ReleaseAnswer Of(ReleaseView view) =>
        new(
            view.Plan.Id,
            view.Plan.Cycle,
            view.Step,
            view.Plan.Made,
            view.Plan.AsOf,
            view.Plan.Last,
            view.BucketsPlanned,
            view.Plan.Totals,
            view.Plan.Terms,
            view.Plan.Sealed,
            view.Approval?.Shown,
            view.Approval?.Hash,
            view.ExpiresAt,
            view.Approved?.Approved,
            view.Approved?.Gone,
            view.Approved?.Stopped,
            view.Progress
        );
}

/// <summary>Which of a plan's debits are asked for, and in which order.</summary>
internal sealed record ReleaseDebitsQuery(
    PlanOutcome? Outcome,
    PlanFlag? Flag,
    LineState? State,
    LineOrder Order,
    string? After,
    int Limit,
    bool IsCsv
)
{
    private static readonly string[] Names = ["outcome", "flag", "state", "sort", "after", "limit", "format"];

    /// <exception cref="BadRequestException">A name or a value that there is not.</exception>
    public static ReleaseDebitsQuery Of(HttpRequest request)
    {
        var query = request.Query;
        if (query.FirstOrDefault(it => !Names.Contains(it.Key) || it.Value.Count != 1) is { Key: { } name })
        {
            throw new BadRequestException($"{name}: expected each of {string.Join(", ", Names)} at most once.");
        }

        return new ReleaseDebitsQuery(
            One<PlanOutcome>(query, "outcome"),
            One<PlanFlag>(query, "flag"),
            One<LineState>(query, "state"),
            One<LineOrder>(query, "sort") ?? LineOrder.Account,
            PageTokens.Open(request),
            HttpJson.Number(query, "limit", 1, Paging.LargestLimit) ?? Paging.DefaultLimit,
            query["format"].FirstOrDefault() switch
            {
                null or "json" => false,
                "csv" => true,
                _ => throw new BadRequestException("format: expected json or csv."),
            }
        );
    }

    /// <exception cref="BadRequestException">A value that there is not.</exception>
    public static T? One<T>(IQueryCollection query, string name)
        where T : struct, Enum
    {
        if (query[name].FirstOrDefault() is not { } text)
        {
            return null;
        }

        var known = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
        return known.TryGetValue(text, out var value)
            ? value
            : throw new BadRequestException($"{name}: expected {string.Join(", ", known.Keys)}; found '{text}'.");
    }
}

/// <summary>A plan for a spreadsheet: every debit of the filter, the total last.</summary>
internal static class ReleaseCsv
{
    private static readonly string[] Header =
    [
        "account",
        "debit",
        "due_date",
        "billed",
        "back_payments",
        "credit",
        "open",
        "bills",
        "outcome",
        "flags",
        "wave",
        "leaves_on",
        "last_plan",
        "state",
        "sent",
        "why",
    ];

    public static string Write(LinesPage page) =>
        CsvText.Write(
            Header,
            page.Lines.Select(ToRow)
                .Append([
                    "total",
                    null,
                    null,
                    null,
                    null,
                    null,
                    CsvText.Dollars(page.TotalCents.Cents),
                    null,
                    $"{page.Total} debits",
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                ])
        );

    private static IReadOnlyList<object?> ToRow(PlanLine line) =>
        [
            line.Debit.Account.Value,
            line.Debit.Value,
            line.DueDate,
            CsvText.Dollars(line.Billed.Cents),
            CsvText.Dollars(line.BackPayments.Cents),
            CsvText.Dollars(line.Credit.Cents),
            CsvText.Dollars(line.Open.Cents),
            string.Join("; ", line.Bills.Select(bill => $"{bill.Bill} {bill.Cents}")),
            line.Outcome,
            string.Join("; ", line.Flags),
            line.Wave,
            line.LeavesOn,
            line.LastPlan is { } last ? CsvText.Dollars(last.Cents) : null,
            line.State,
            CsvText.Dollars(line.Sent.Cents),
            line.Why,
        ];
}
