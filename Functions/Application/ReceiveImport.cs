using System.Security.Cryptography;
using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>What became of an uploaded file.</summary>
/// <param name="Import">The stored import; null when the file has problems and nothing was stored.</param>
/// <param name="AlreadyImported">The same file was taken in before: nothing changed.</param>
public sealed record ImportReceipt(ImportCheck Check, ImportRecord? Import, bool AlreadyImported)
{
    /// <summary>What may be wanted of it by applying it once more, as a sentence's beginning; null when that would change nothing.</summary>
    public string? WhyAgain { get; init; }
}

/// <summary>The control totals that the sender expects, when it sent any.</summary>
public sealed record ExpectedTotals(int? Rows, Money? Total);

/// <summary>Checks a whole file by itself, then keeps it under its content's hash, or nothing at all.</summary>
public sealed class ReceiveImport(IImportStore imports, IWorkQueue queue, CityClock clock)
{
    /// <param name="file">Seekable: it is read once to check it and once to keep it.</param>
    public async Task<ImportReceipt> RunAsync(
        ImportKind kind, string fileName, Stream file, ExpectedTotals expected, Authority authority, CancellationToken cancel)
    {
        var check = WithTotals(Read(kind, file), expected);
        if (!check.IsGood)
        {
            return new ImportReceipt(check, null, false);
        }

        file.Position = 0;
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
        var record = new ImportRecord
        {
            Id = $"{kind.ToText()}-{hash[..20]}", Kind = kind, FileName = fileName, Sha256 = hash, Authority = authority, Rows = check.Rows, Total = check.Total,
        };
        return await KeepAsync(record, check, file, cancel);
    }

    // Money that was received after today is a typing error, or a file for another day (R35).
    private ImportCheck Read(ImportKind kind, Stream file)
    {
        var (future, count, now) = (new List<ImportProblem>(), 0, clock.Now);
        var check = ImportReader.Read(kind, file, row =>
        {
            if (row.Payment?.Invoke(now) is { } payment && payment.ReceivedOn > now.Today && ++count <= ImportReader.MostProblems)
            {
                future.Add(new ImportProblem(row.Line, "received_on", $"'{payment.ReceivedOn:yyyy-MM-dd}'", "a date that is not after today"));
            }
        });
        return check with { Problems = [.. check.Problems, .. future], ProblemCount = check.ProblemCount + count };
    }

    // The file first: a record never names a file that is not there.
    private async Task<ImportReceipt> KeepAsync(ImportRecord record, ImportCheck check, Stream file, CancellationToken cancel)
    {
        var known = await imports.FindAsync(record.Id, cancel);
        if (known is null || !await imports.HasFileAsync(record.Id, cancel))
        {
            file.Position = 0;
            await imports.StoreFileAsync(record.Id, file, cancel);
        }

        // It has arrived when it can be found: whoever sends a file after the answer to this one is behind it.
        record = record with { Authority = record.Authority with { At = clock.Now.Utc } };
        if (known is null && await imports.TryCreateAsync(record, cancel))
        {
            await queue.TryEnqueueAsync(new ImportMessage(record.Id, 0), cancel);
            return new ImportReceipt(check, record, false);
        }

        known ??= (await imports.FindAsync(record.Id, cancel))!;
        return new ImportReceipt(check, known, true) { WhyAgain = known.IsEnded ? await WhyAgainAsync(known, cancel) : null };
    }

    private async Task<string?> WhyAgainAsync(ImportRecord known, CancellationToken cancel)
    {
        // Bills and payments of unknown accounts wait by themselves (R33).
        var unknown = known.Kind == ImportKind.Balances ? known.UnknownAccounts : 0;
        if (unknown + known.Conflicts > 0)
        {
            return $"{unknown} rows were of unknown accounts and {known.Conflicts} conflicted";
        }

        var later = known.Kind != ImportKind.Accounts ? null : await imports.ReadAllAsync(cancel)
            .FirstOrDefaultAsync(import => import.Kind == ImportKind.Accounts && import.State != ImportState.Stored && import.Arrival.At > known.Arrival.At, cancel);
        return later is null ? null : $"Accounts file {later.FileName} was applied after it";
    }

    private static ImportCheck WithTotals(ImportCheck check, ExpectedTotals expected)
    {
        List<ImportProblem> problems = [.. check.Problems];
        if (expected.Rows is { } rows && rows != check.Rows)
        {
            problems.Add(new ImportProblem(0, "", $"{check.Rows} rows", $"{rows} rows, as the sender said"));
        }

        if (expected.Total is { } total && total != check.Total)
        {
            problems.Add(new ImportProblem(0, "", $"a total of {check.Total}", $"{total}, as the sender said"));
        }

        return check with { Problems = problems, ProblemCount = check.ProblemCount + problems.Count - check.Problems.Count };
    }
}
