using System.Globalization;
using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Triggers.Importing;

/// <summary>Imports as the HTTP interface shows them: control totals, progress, problems by line.</summary>
internal static class ImportViews
{
    public static IActionResult ToResult(ImportReceipt receipt, bool asCsv)
    {
        if (asCsv && (receipt.OnlyChecked || !receipt.Check.IsGood))
        {
            return ToCsv(
                receipt.Check,
                receipt.OnlyChecked ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
            );
        }

        return receipt switch
        {
            { OnlyChecked: true } => ToChecked(receipt.Check),
            { Import: null } => ToRefusal(receipt.Check),
            { AlreadyImported: true, Import: { } import } => HttpJson.Ok(
                new
                {
                    importId = import.Id,
                    message = "already imported",
                    options = receipt.OtherOptions,
                    again = Again(receipt),
                    import = ToView(import),
                }
            ),
            { Import: { } import } => HttpJson.Ok(
                new
                {
                    importId = import.Id,
                    message = "accepted",
                    check = ToView(receipt.Check),
                    import = ToView(import),
                },
                StatusCodes.Status202Accepted
            ),
        };
    }

    private static IActionResult ToChecked(ImportCheck check) =>
        HttpJson.Ok(
            new
            {
                message = check.IsGood
                    ? "checked: the file is good; nothing was stored"
                    : $"checked: the file would be refused; nothing was stored.{Cut(check)}",
                check = ToView(check),
                problemCount = check.ProblemCount,
                problemsAreCut = check.IsCut ? true : (bool?)null,
                problems = check.Problems,
            }
        );

    private static IActionResult ToRefusal(ImportCheck check) =>
        HttpJson.Ok(
            new
            {
                type = "about:blank",
                title = Problems.TitleOf(StatusCodes.Status400BadRequest),
                status = StatusCodes.Status400BadRequest,
                detail = $"The file has problems; nothing was changed.{Cut(check)}",
                problemCount = check.ProblemCount,
                problemsAreCut = check.IsCut ? true : (bool?)null,
                problems = check.Problems,
            },
            StatusCodes.Status400BadRequest
        );

    private static ContentResult ToCsv(ImportCheck check, int status) =>
        new()
        {
            StatusCode = status,
            ContentType = "text/csv",
            Content = CsvText.Write(
                ["line", "column", "found", "expected", "advice"],
                check
                    .Problems.Select(it =>
                        (IReadOnlyList<object?>)[it.Line, it.Column, it.Found, it.Expected, it.Advice]
                    )
                    .Concat(
                        check.IsCut
                            ?
                            [
                                [null, null, null, null, Cut(check).Trim()],
                            ]
                            : []
                    )
            ),
        };

    private static string Cut(ImportCheck check) =>
        check.IsCut
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" There are {check.ProblemCount} problems; the first {check.Problems.Count} are listed."
            )
            : "";

    private static object ToView(ImportCheck check) =>
        new
        {
            check.Rows,
            totalCents = check.Total,
            addsCents = check.Adds,
            takesCents = check.Takes,
            check.Payments,
            check.SetAside,
            setAsideTotalCents = check.SetAsideTotal,
        };

    public static IActionResult ToAccepted(ImportRecord import) =>
        HttpJson.Ok(
            new
            {
                importId = import.Id,
                message = "accepted",
                import = ToView(import),
            },
            StatusCodes.Status202Accepted
        );

    private static string? Again(ImportReceipt receipt) =>
        receipt.WhyAgain is { } why
            ? $"{why}. To apply this file once more: POST /api/imports/{receipt.Import!.Id}/again with a reason."
            : null;

    private static object ToApproval(ImportRecord import) =>
        new
        {
            import.Approval,
            who = $"an Approver, and not {import.Arrival.By}, who sent it",
            import.Changes,
        };

    /// <summary>One line of the list.</summary>
    public static object ToLine(ImportRecord import) =>
        new
        {
            import.Id,
            kind = import.Kind.ToText(),
            import.FileName,
            import.State,
            import.Authority.By,
            import.Authority.Name,
            import.Authority.Why,
            import.Authority.At,
            import.Rows,
            totalCents = import.Total,
            import.Applied,
            import.FindingCount,
        };

    public static object ToView(ImportRecord import) =>
        new
        {
            import.Id,
            kind = import.Kind.ToText(),
            import.FileName,
            import.Sha256,
            import.State,
            by = import.Authority.By,
            import.Authority.Name,
            import.Authority.Role,
            why = import.Authority.Why,
            at = import.Authority.At,
            import.Repeats,
            waitsFor = import.Waits ? ToApproval(import) : null,
            agreedBy = import.AgreedBy,
            controlTotals = new { import.Rows, totalCents = import.Total },
            options = new { badRows = import.SetsAside ? "setAside" : "refuse", complete = import.IsComplete },
            progress = new
            {
                bucketsDone = import.State == ImportState.Done ? Bucket.Count : import.BucketsDone,
                buckets = Bucket.Count,
                import.RowsDone,
                import.Rows,
            },
            result = new
            {
                import.Applied,
                import.Known,
                import.Conflicts,
                import.UnknownAccounts,
                unknownTotalCents = import.UnknownTotal,
                import.Waiting,
                waitingCents = import.WaitingTotal,
                import.SetAside,
                setAsideCents = import.SetAsideTotal,
                import.Missing,
                import.LookAlikes,
                import.OpenedAgain,
                openedAgainCents = import.OpenedAgainTotal,
            },
            import.FindingCount,
            import.Findings,
            moreFindings = import.FindingCount > import.Findings.Count ? $"/api/imports/{import.Id}/findings" : null,
        };
}
