using Autopay.Application;
using Autopay.Application.Ports;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Triggers;

/// <summary>Imports as the HTTP interface shows them: control totals, progress, problems by line.</summary>
internal static class ImportViews
{
    public static IActionResult ToResult(ImportReceipt receipt)
    {
        if (receipt.Import is not { } import)
        {
            return HttpJson.Ok(new
            {
                type = "about:blank", title = Problems.TitleOf(StatusCodes.Status400BadRequest), status = StatusCodes.Status400BadRequest,
                detail = "The file has problems; nothing was changed.",
                problemCount = receipt.Check.ProblemCount, problems = receipt.Check.Problems,
            }, StatusCodes.Status400BadRequest);
        }

        return receipt.AlreadyImported
            ? HttpJson.Ok(new { importId = import.Id, message = "already imported", again = Again(receipt), import = ToView(import) })
            : ToAccepted(import);
    }

    public static IActionResult ToAccepted(ImportRecord import) =>
        HttpJson.Ok(new { importId = import.Id, message = "accepted", import = ToView(import) }, StatusCodes.Status202Accepted);

    private static string? Again(ImportReceipt receipt) => receipt.WhyAgain is { } why
        ? $"{why}. To apply this file once more: POST /api/imports/{receipt.Import!.Id}/again with a reason."
        : null;

    public static object ToView(ImportRecord import) => new
    {
        import.Id, kind = import.Kind.ToText(), import.FileName, import.Sha256, import.State, by = import.Authority.By, why = import.Authority.Why, at = import.Authority.At, import.Repeats,
        controlTotals = new { import.Rows, totalCents = import.Total },
        progress = new { bucketsDone = import.State == ImportState.Done ? Bucket.Count : import.NextBucket, buckets = Bucket.Count },
        result = new { import.Applied, import.Known, import.Conflicts, import.UnknownAccounts, unknownTotalCents = import.UnknownTotal, import.OpenedAgain, openedAgainCents = import.OpenedAgainTotal },
        import.FindingCount, import.Findings,
        moreFindings = import.FindingCount > import.Findings.Count ? $"/api/imports/{import.Id}/findings?after={import.Findings[^1].Place}" : null,
    };
}
