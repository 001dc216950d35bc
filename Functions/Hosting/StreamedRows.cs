using System.Text.Json;
using Autopay.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Hosting;

/// <summary>
/// A list that is as long as the city, written page by page as it is read: as CSV, or as JSON with its
/// <c>items</c>.
/// </summary>
/// <param name="toRow">The cells of an item, under the header.</param>
/// <param name="toView">The item as JSON shows it.</param>
internal sealed class StreamedRows<T>(
    bool isCsv,
    IReadOnlyList<string> header,
    IAsyncEnumerable<IReadOnlyList<T>> pages,
    Func<T, IReadOnlyList<object?>> toRow,
    Func<T, object> toView
) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, cancel) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        var isFirst = true;
        await foreach (var page in pages.WithCancellation(cancel))
        {
            // Only now: what fails before the first page is still answered as a problem.
            response.ContentType ??= isCsv ? "text/csv" : "application/json";
            await response.WriteAsync(isCsv ? ToCsv(page, isFirst) : ToJson(page, ref isFirst), cancel);
            isFirst &= !isCsv;
        }

        response.ContentType ??= isCsv ? "text/csv" : "application/json";
        await response.WriteAsync(
            isCsv
                ? isFirst
                    ? ToCsv([], isFirst)
                    : ""
                : isFirst
                    ? "{\"items\":[]}"
                    : "]}",
            cancel
        );
    }

    private string ToCsv(IReadOnlyList<T> page, bool isFirst) =>
        isFirst ? CsvText.Write(header, page.Select(toRow)) : CsvText.Write(page.Select(toRow));

    private string ToJson(IReadOnlyList<T> page, ref bool isFirst)
    {
        if (page.Count == 0)
        {
            return "";
        }

        var items = string.Join(',', page.Select(item => JsonSerializer.Serialize(toView(item), HttpJson.Options)));
        var start = isFirst ? "{\"items\":[" : ",";
        isFirst = false;
        return start + items;
    }
}
