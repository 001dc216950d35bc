using System.Security.Cryptography;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;
using Autopay.Imports;

namespace Autopay.Application.Importing;

/// <summary>What became of an uploaded file.</summary>
/// <param name="Import">The stored import; null when nothing was stored, because the file has problems or was only to
/// be checked.</param>
/// <param name="AlreadyImported">The same file was taken in before: nothing changed.</param>
public sealed record ImportReceipt(ImportCheck Check, ImportRecord? Import, bool AlreadyImported)
{
    /// <summary>It was a dry run.</summary>
    public bool OnlyChecked { get; init; }

    /// <summary>
    /// What may be wanted of it by applying it once more, as a sentence's beginning; null when that would change
    /// nothing.
    /// </summary>
    public string? WhyAgain { get; init; }

    /// <summary>
    /// In what the options of this request differ from those that the import keeps, as a sentence; null when they do
    /// not.
    /// </summary>
    public string? OtherOptions { get; init; }
}

/// <summary>The control totals that the sender expects, when it sent any.</summary>
public sealed record ExpectedTotals(int? Rows, Money? Total);

/// <summary>How an uploaded file is to be taken.</summary>
public sealed record ImportOptions
{
    public ExpectedTotals Expected { get; init; } = new(null, null);

    /// <inheritdoc cref="ImportRecord.SetsAside"/>
    public bool SetsAside { get; init; }

    /// <inheritdoc cref="ImportRecord.IsComplete"/>
    public bool IsComplete { get; init; }

    /// <summary>A dry run: the whole file is checked, nothing is stored.</summary>
    public bool OnlyChecks { get; init; }
}

/// <summary>Checks a whole file by itself, then keeps it under its content's hash, or nothing at all.</summary>
public sealed class ReceiveImport(IImportStore imports, IWorkQueue queue, CityClock clock)
{
    /// <param name="file">Seekable: it is read to check it, and once more to keep it.</param>
    public Task<ImportReceipt> RunAsync(
        ImportKind kind,
        string fileName,
        Stream file,
        ExpectedTotals expected,
        Authority authority,
        CancellationToken cancel
    ) => RunAsync(kind, fileName, file, new ImportOptions { Expected = expected }, authority, cancel);

    /// <inheritdoc cref="RunAsync(ImportKind, string, Stream, ExpectedTotals, Authority, CancellationToken)"/>
    public async Task<ImportReceipt> RunAsync(
        ImportKind kind,
        string fileName,
        Stream file,
        ImportOptions options,
        Authority authority,
        CancellationToken cancel
    )
    {
        // What was received after today is a typing error, or a file for another day (R35).
        var rules = new ImportRules { Today = clock.Now.Today, SetAside = options.SetsAside ? (_, _) => { } : null };
        var check = WithTotals(kind, ImportReader.Read(kind, file, null, rules), options.Expected);
        if (!check.IsGood || options.OnlyChecks)
        {
            return new ImportReceipt(check, null, false) { OnlyChecked = options.OnlyChecks };
        }

        file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        var record = new ImportRecord
        {
            Id = $"{kind.ToText()}-{hash[..20]}",
            Kind = kind,
            FileName = fileName,
            Sha256 = hash,
            Authority = authority,
            Rows = check.Rows,
            Total = check.Total,
            SetsAside = options.SetsAside,
            IsComplete = options.IsComplete,
        };
        return await KeepAsync(record, check, file, cancel);
    }

    // The file first: a record never names a file that is not there.
    private async Task<ImportReceipt> KeepAsync(
        ImportRecord record,
        ImportCheck check,
        Stream file,
        CancellationToken cancel
    )
    {
        var known = await imports.FindAsync(record.Id, cancel);
        if (known is null || !await imports.HasFileAsync(record.Id, cancel))
        {
            file.Position = 0;
            await imports.StoreFileAsync(record.Id, file, cancel);
        }

        // It has arrived when it can be found: whoever sends a file after the answer to this one is behind it.
        record = record with
        {
            Authority = record.Authority with { At = clock.Now.Utc },
        };
        if (known is null && await imports.TryCreateAsync(record, cancel))
        {
            await queue.TryEnqueueAsync(new ImportMessage(record.Id, 0), cancel);
            return new ImportReceipt(check, record, false);
        }

        known ??= (await imports.FindAsync(record.Id, cancel))!;
        if (
            known.IsEnded
            && await LaterAccountsAsync(known, cancel) is not null
            && await ArriveAgainAsync(known, record.Authority, cancel) is { } arrived
        )
        {
            return new ImportReceipt(check, arrived, false);
        }

        return new ImportReceipt(check, known, true)
        {
            WhyAgain = known.IsEnded ? WhyAgain(known) : null,
            OtherOptions = OtherOptions(known, record),
        };
    }

    // The same bytes are the same import, whatever is asked of them later (D103).
    private static string? OtherOptions(ImportRecord known, ImportRecord asked)
    {
        List<string> others = [];
        if (known.SetsAside != asked.SetsAside)
        {
            others.Add($"{(known.SetsAside ? "with" : "without")} badRows=setAside");
        }

        if (known.IsComplete != asked.IsComplete)
        {
            others.Add($"{(known.IsComplete ? "with" : "without")} complete=true");
        }

        return others.Count == 0 ? null : $"This file was taken {string.Join(" and ", others)}, and that stays.";
    }

    private static string? WhyAgain(ImportRecord known)
    {
        // Bills and payments of unknown accounts wait by themselves (R33).
        var unknown = !known.Kind.FileFormat.Waits ? known.UnknownAccounts : 0;
        if (unknown + known.Conflicts > 0)
        {
            return $"{unknown} rows were of unknown accounts and {known.Conflicts} conflicted";
        }

        return null;
    }

    // An accounts file says how things are on the day that it is sent: the same bytes after other ones are news (R23,
    // D113).
    private async Task<ImportRecord?> ArriveAgainAsync(
        ImportRecord known,
        Authority authority,
        CancellationToken cancel
    )
    {
        var again = await imports.SaveAsync(
            known.WithoutCounts() with
            {
                Repeats = [.. known.Repeats, authority],
            },
            cancel
        );
        if (again is not null)
        {
            await queue.TryEnqueueAsync(new ImportMessage(again.Id, 0), cancel);
        }

        return again;
    }

    private async Task<ImportRecord?> LaterAccountsAsync(ImportRecord known, CancellationToken cancel) =>
        known.Kind.FileFormat.Brings != ImportedItem.Account
            ? null
            : await imports
                .ReadAllAsync(cancel)
                .FirstOrDefaultAsync(
                    import =>
                        import.Kind == known.Kind && import.Id != known.Id && import.Arrival.At > known.Arrival.At,
                    cancel
                );

    private static ImportCheck WithTotals(ImportKind kind, ImportCheck check, ExpectedTotals expected)
    {
        List<ImportProblem> problems = [];
        if (expected.Rows is { } rows && rows != check.Rows)
        {
            problems.Add(new ImportProblem(0, "", $"{check.Rows} rows", $"{rows} rows, as the sender said"));
        }

        if (expected.Total is { } total && total != check.Total)
        {
            problems.Add(
                new ImportProblem(0, "", $"a total of {check.Total}", $"{total}, as the sender said")
                {
                    Advice = !kind.FileFormat.HasAmount
                        ? $"Rows of {kind.ToText()} have no cents: compare their number only (X-Row-Count)."
                        : null,
                }
            );
        }

        // The totals first: of a file with many problems they must not be the ones that are not listed.
        var count = check.ProblemCount + problems.Count;
        return check with
        {
            Problems = [.. problems.Concat(check.Problems).Take(ImportReader.MostProblems)],
            ProblemCount = count,
        };
    }
}
