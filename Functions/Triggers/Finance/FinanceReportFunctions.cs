using System.Globalization;
using Autopay.Application.Receipts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Finance;

/// <summary>What finance closes a month with.</summary>
public sealed class FinanceReportFunctions(SummarizeMonth summarize, TiePayouts tie)
{
    [Function("GetMonth")]
    [AllowedToEverybody]
    public async Task<IActionResult> MonthAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/months/{month}")] HttpRequest request,
        string month,
        CancellationToken cancel
    ) => HttpJson.Ok(await summarize.RunAsync(Day($"{month}-01", "month", "a month, such as 2020-02"), cancel));

    [Function("GetPayouts")]
    [AllowedToEverybody]
    public async Task<IActionResult> PayoutsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/payouts")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var (from, to) = (
            Day(request.Query["from"], "from", "a day, such as 2020-02-01"),
            Day(request.Query["to"], "to", "a day, such as 2020-02-29")
        );
        if (from > to)
        {
            throw new BadRequestException("from: expected a day that is not after 'to'.");
        }

        var ties = PayoutTies.Of(from, to, await tie.RunAsync(from, to, cancel));
        return request.Query["format"] == "csv"
            ? new ContentResult { Content = ToCsv(ties), ContentType = "text/csv" }
            : HttpJson.Ok(ties);
    }

    private static string ToCsv(PayoutTies ties) =>
        CsvText.Write(
            [
                "payout_id",
                "arrives_on",
                "status",
                "deposit",
                "collected",
                "returned",
                "refunded",
                "other",
                "fees",
                "ties",
                "unmatched",
            ],
            [.. ties.Payouts.Select(ToRow), ToRow(ties.Totals)]
        );

    private static IReadOnlyList<object?> ToRow(PayoutTie it) =>
        [
            it.Payout,
            it.ArrivesOn,
            it.Status,
            CsvText.Dollars(it.DepositCents),
            CsvText.Dollars(it.CollectedCents),
            CsvText.Dollars(it.ReturnedCents),
            CsvText.Dollars(it.RefundedCents),
            CsvText.Dollars(it.OtherCents),
            CsvText.Dollars(it.FeeCents),
            YesOrNo(it.Ties),
            string.Join("; ", it.Unmatched),
        ];

    private static IReadOnlyList<object?> ToRow(PayoutTotals sum) =>
        [
            "total",
            null,
            $"{sum.Payouts} payouts",
            CsvText.Dollars(sum.DepositCents),
            CsvText.Dollars(sum.CollectedCents),
            CsvText.Dollars(sum.ReturnedCents),
            CsvText.Dollars(sum.RefundedCents),
            CsvText.Dollars(sum.OtherCents),
            CsvText.Dollars(sum.FeeCents),
            YesOrNo(sum.DoNotTie == 0),
            null,
        ];

    private static string YesOrNo(bool ties) => ties ? "yes" : "no";

    private static DateOnly Day(string? text, string name, string expected) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new BadRequestException($"{name}: expected {expected}.");
}
