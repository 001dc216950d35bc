namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// Files read with less care: money for the wrong day, of the wrong amount, from whom nobody may charge.
/// </summary>
internal static class ImportMutants
{
    private const string Enrolling = "Functions/Domain/Deciding/Enrolling.cs";
    private const string Apply = "Functions/Application/Importing/ApplyImport.cs";
    private const string Buckets = "Functions/Application/Importing/ApplyBuckets.cs";

    /// <summary>Imports that come to their end in several runs.</summary>
    private static IEnumerable<Mutant> OfProgress =>
        [
            new(
                "A run goes through the buckets that are done once more",
                "Functions/Application/Ports/Files/IImportStore.cs",
                "bucket.Number >= NextBucket && !DoneBuckets.Contains(bucket.Number)",
                "bucket.Number >= NextBucket && (DoneBuckets.Count == 0 || DoneBuckets[^1] != bucket.Number)",
                "ResumedImportTests"
            ),
            new(
                "A bucket that is applied twice counts twice",
                "Functions/Application/Importing/ImportCounts.cs",
                "record.OpenBuckets.Contains(bucket) ?",
                "record.OpenBuckets.Contains(bucket) || counted.Applied > 0 ?",
                "ResumedImportTests"
            ),
            new(
                "An import does not wait for its turn",
                Apply,
                "if (!await imports.TakeTurnAsync(known, cancel))",
                "if (!await imports.TakeTurnAsync(known, cancel) && known.Rows == 0)",
                "ImportOrderTests"
            ),
            new(
                "A run does not look whether another one is at work",
                Apply,
                "worker.Until > books.Clock.Now.Utc)",
                "worker.Until < books.Clock.Now.Utc)",
                "ResumedImportTests"
            ),
            new(
                "Nobody watches a run",
                Apply,
                "await WatchAsync(import, progress.Run, books.Options.Lease, cancel); try",
                "try",
                "ResumedImportTests"
            ),
            new(
                "Every message that finds an import at work comes again",
                Apply,
                "message.Watches == worker.Run &&",
                "",
                "ResumedImportTests"
            ),
            new(
                "A message that watches ends although it could not be put out again",
                Apply,
                "throw new ImportBusyException(import.Id);",
                "return;",
                "ResumedImportTests"
            ),
            new(
                "A run that fails keeps its lease",
                Apply,
                "catch { await progress.TryGiveBackAsync(); throw; }",
                "catch { throw; }",
                "ImportLawsTests"
            ),
            new(
                "A run does not know when to end",
                Buckets,
                "Interlocked.Increment(ref taken) > 1 && !hasTime()",
                "Interlocked.Increment(ref taken) > 1 && taken == 0 && !hasTime()",
                "ResumedImportTests"
            ),
            new(
                "A run whose time is up calls nobody",
                Apply,
                "await progress.TryGiveBackAsync(); await CallAsync(record, cancel); return null;",
                "await progress.TryGiveBackAsync(); return null;",
                "ResumedImportTests"
            ),
            new(
                "Rows that conflict are forgotten with their bucket",
                Buckets,
                "DisputedBuckets = disputed ? [bucket.Number] : [],",
                "DisputedBuckets = [],",
                "R29R30WhoseRowTests"
            ),
            new(
                "Which row of an id is the first is judged bucket by bucket",
                "Functions/Application/Importing/ReadImportRows.cs",
                "return shared.Count == 0 ? []",
                "return shared.Count >= 0 ? []",
                "ResumedImportTests"
            ),
        ];

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "A date that can be two days is an American one",
            "Functions/Imports/Reading/DateOrder.cs",
            "_ => null, };",
            "_ => date.MonthFirst, };",
            "AsExcelSavesThemTests"
        ),
        new(
            "A decimal comma is a thousands comma",
            "Functions/Imports/Reading/MoneyText.cs",
            @"(,[0-9]{3}){1,2}(?=\.[0-9]{2}\z))",
            "(,[0-9]{2,3}){1,2})",
            "MoneyFieldTests"
        ),
        new(
            "The last line of a file that was cut is a short row",
            "Functions/Imports/Reading/FileReading.cs",
            "&& endsWithALine.Value",
            "",
            "RowTests"
        ),
        new(
            "A row that was set aside is taken, too",
            "Functions/Imports/Reading/RowTally.cs",
            "if (contradiction is null) {",
            "if (contradiction is null || rows > 0) {",
            "SetAsideTests"
        ),
        new(
            "Only the first reading of a file finds the order of its dates",
            "Functions/Imports/Reading/FileReading.cs",
            "finally { file.Position = position; }",
            "finally { }",
            "DateFieldTests"
        ),
        new(
            "Autopay goes on without a payment method",
            Enrolling,
            "command.On && draft.Ledger.Enrolment is { CanBeCharged: false }",
            "command.On && draft.Ledger.Enrolment is null",
            "R39NoIdsTests"
        ),
        new(
            "A row without ids takes them from an account whose autopay a person wants",
            Enrolling,
            "&& before is { CanBeCharged: true } ? WithIdsOf(enrolment, before) : enrolment;",
            "&& before is null ? WithIdsOf(enrolment, before!) : enrolment;",
            "R39NoIdsTests"
        ),
        new(
            "The old payment method that comes back is a new one",
            "Functions/Domain/Events/AccountEvents.cs",
            "FormerMeans = Enrolment.Means is null ? ledger.LastMeans : null,",
            "FormerMeans = Enrolment.Means is null ? new MeansOfPayment(\"\", null) : null,",
            "R39NoIdsTests"
        ),
        new(
            "A column that a file leaves out takes everybody's cap",
            Enrolling,
            "MaxDebit = unsaid.HasFlag(EnrolmentParts.MaxDebit) ? before.MaxDebit : now.MaxDebit,",
            "",
            "R39NoIdsTests"
        ),
        .. OfProgress,
    ];
}
