using Autopay.Application;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers;

/// <summary>Finance's list, and the way off it for what the billing system says.</summary>
public sealed class WorklistFunctions(ReadWorklist read, AccountRequests accounts)
{
    [Function("GetWorklist")]
    public async Task<IActionResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/worklist")] HttpRequest request, CancellationToken cancel)
    {
        var list = await read.RunAsync(cancel);
        return request.Query["format"] == "csv" ? new ContentResult { Content = ToCsv(list), ContentType = "text/csv" } : HttpJson.Ok(list);
    }

    [Function("DismissWarnings")]
    public async Task<IActionResult> DismissAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/accounts/{account}/bills/{bill}/dismiss")] HttpRequest request, string account, string bill)
    {
        var id = new BillId(HttpJson.Id(bill, "bill"));
        var body = await HttpJson.ReadAsync<ReasonRequest>(request);
        return await accounts.RunAsync(request, account, body.Reason, (why, now) => new DismissWarnings(id, why, now));
    }

    // The totals last, under the column of the amounts.
    private static string ToCsv(Worklist list) => CsvText.Write(
        ["kind", "account", "bill", "cycle", "due_date", "open", "reason", "since", "age_days", "actions", "import"],
        [.. list.Bills.Select(ToRow), .. list.Totals.Select(ToRow)]);

    private static IReadOnlyList<object?> ToRow(WorkEntry entry) =>
    [
        entry.Kind, entry.Account.Value, entry.Bill.Value, entry.Cycle.Value, entry.DueDate, CsvText.Dollars(entry.OpenCents), entry.Reason, entry.Since, entry.AgeDays,
        string.Join("; ", entry.Actions), entry.Import,
    ];

    private static IReadOnlyList<object?> ToRow(WorkTotal total) =>
        ["total", null, null, null, null, CsvText.Dollars(total.OpenCents), $"{total.Bills} {total.Kind.ToString().ToLowerInvariant()}", null, null, null, null];
}
