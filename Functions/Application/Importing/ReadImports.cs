using System.Globalization;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>A page of the files that came in.</summary>
/// <param name="Total">Of the whole filter.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record ImportPage(IReadOnlyList<ImportRecord> Imports, int Total, string? Next)
{
    /// <summary>The newest of each kind there is, whatever the filter, by when it last arrived.</summary>
    public IReadOnlyList<ImportRecord> Newest { get; init; } = [];

    /// <summary>How many are not applied yet, whatever the filter.</summary>
    public int Unfinished { get; init; }
}

/// <summary>
/// The files that came in, the newest first by when they first arrived. It reads every record of an import there is: a
/// city sends a few a day.
/// </summary>
public sealed class ReadImports(IImportStore imports)
{
    /// <param name="kind">Null: of every kind.</param>
    /// <param name="after">The place after which the page begins; null: the first page.</param>
    public async Task<ImportPage> RunAsync(ImportKind? kind, string? after, int limit, CancellationToken cancel)
    {
        var whole = await imports.ReadAllAsync(cancel).ToListAsync(cancel);
        var all = whole
            .Where(import => import.Kind == (kind ?? import.Kind))
            .Select(import => (Import: import, Place: PlaceOf(import)))
            .ToList();
        var left = all.Where(it => after is null || string.CompareOrdinal(it.Place, after) > 0)
            .OrderBy(it => it.Place, StringComparer.Ordinal)
            .ToList();
        var page = left.Take(limit).ToList();
        return new ImportPage(
            [.. page.Select(it => it.Import)],
            all.Count,
            page.Count < left.Count ? page[^1].Place : null
        )
        {
            Newest =
            [
                .. whole.GroupBy(it => it.Kind).OrderBy(it => it.Key).Select(it => it.MaxBy(one => one.Arrival.At)!),
            ],
            Unfinished = whole.Count(it => !it.IsEnded),
        };
    }

    // Counts down, so that the newest is the first.
    private static string PlaceOf(ImportRecord import) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTimeOffset.MaxValue.UtcTicks - import.Authority.At.UtcTicks:0000000000000000000}|{import.Id}"
        );
}
