using System.Security.Cryptography;
using Autopay.Application.Ports;
using Autopay.Imports;

namespace Autopay.Application;

/// <summary>What became of an uploaded file.</summary>
/// <param name="Import">The stored import; null when the file has problems and nothing was stored.</param>
/// <param name="AlreadyImported">The same file was taken in before: nothing changed.</param>
public sealed record ImportReceipt(ImportCheck Check, ImportRecord? Import, bool AlreadyImported);

/// <summary>The control totals that the sender expects, when it sent any.</summary>
public sealed record ExpectedTotals(int? Rows, Money? Total);

/// <summary>Checks a whole file by itself, then keeps it under its content's hash, or nothing at all.</summary>
public sealed class ReceiveImport(IImportStore imports, IWorkQueue queue)
{
    /// <param name="file">Seekable: it is read once to check it and once to keep it.</param>
    public async Task<ImportReceipt> RunAsync(
        ImportKind kind, string fileName, Stream file, ExpectedTotals expected, Authority authority, CancellationToken cancel)
    {
        var check = WithTotals(ImportReader.Read(kind, file), expected);
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

    // The file first: a record never names a file that is not there.
    private async Task<ImportReceipt> KeepAsync(ImportRecord record, ImportCheck check, Stream file, CancellationToken cancel)
    {
        if (await imports.FindAsync(record.Id, cancel) is { } known)
        {
            return new ImportReceipt(check, known, true);
        }

        file.Position = 0;
        await imports.StoreFileAsync(record.Id, file, cancel);
        if (!await imports.TryCreateAsync(record, cancel))
        {
            return new ImportReceipt(check, await imports.FindAsync(record.Id, cancel), true);
        }

        await queue.TryEnqueueAsync(new ImportMessage(record.Id, 0), cancel);
        return new ImportReceipt(check, record, false);
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
