using System.Globalization;
using Autopay.Application.Importing;
using Autopay.Hosting;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Importing;

/// <summary>
/// What a request to import a file asks for: headers with the sender's totals, and options in its query.
/// </summary>
internal static class ImportRequests
{
    /// <exception cref="BadRequestException">A header or an option has another value than it can have, or is not for
    /// this kind.</exception>
    public static ImportOptions Options(HttpRequest request, ImportKind kind)
    {
        var options = new ImportOptions
        {
            Expected = new ExpectedTotals(Number(request, "X-Row-Count"), Total(request)),
            SetsAside = OneOf(request, "badRows", "refuse", "setAside"),
            IsComplete = OneOf(request, "complete", "false", "true"),
            OnlyChecks = OneOf(request, "check", "", "only"),
        };
        if (options.SetsAside && !kind.FileFormat.HasAccounts)
        {
            throw new BadRequestException($"badRows: a {kind.ToText()} file is taken whole or not at all.");
        }

        return options.IsComplete && kind.FileFormat.Brings != ImportedItem.Account
            ? throw new BadRequestException("complete: only an accounts file can say that it names every account.")
            : options;
    }

    /// <returns>Null when the query names no kind.</returns>
    /// <exception cref="BadRequestException">There is no such kind.</exception>
    public static ImportKind? Kind(IQueryCollection query) =>
        query["kind"].FirstOrDefault() is not { } name ? null
        : ImportFormat.Find(name) is { Kind: var kind } ? kind
        : throw new BadRequestException($"kind: expected one of {ImportFormat.AllNames}.");

    /// <summary>Problems are wanted as CSV: by <c>format=csv</c>, or because the caller takes nothing else.</summary>
    public static bool WantsCsv(HttpRequest request) =>
        request.Query["format"] == "csv" || request.Headers.Accept == "text/csv";

    // True when it is the second of two values; the first one is what is meant when the option is not there.
    private static bool OneOf(HttpRequest request, string option, string usual, string other)
    {
        var value = request.Query[option].ToString();
        return value == other
            || (
                value.Length == 0 || value == usual
                    ? false
                    : throw new BadRequestException(
                        $"{option}: expected {(usual.Length == 0 ? other : $"{usual} or {other}")}."
                    )
            );
    }

    private static int? Number(HttpRequest request, string header) =>
        request.Headers[header].ToString() switch
        {
            "" => null,
            var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw new BadRequestException($"{header}: expected a whole number."),
        };

    private static Money? Total(HttpRequest request) =>
        request.Headers["X-Total"].ToString() switch
        {
            "" => null,
            var text
                when decimal.TryParse(
                    text,
                    NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var dollars
                )
                    && decimal.Round(dollars, 2) == dollars
                    && Math.Abs(dollars) < 1_000_000_000_000m => new Money((long)(dollars * 100)),
            _ => throw new BadRequestException("X-Total: expected dollars with two places, such as 1234.50."),
        };
}
