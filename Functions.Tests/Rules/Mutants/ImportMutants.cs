namespace Autopay.Tests.Rules.Mutants;

/// <summary>
/// Files read with less care: money for the wrong day, of the wrong amount, from whom nobody may charge.
/// </summary>
internal static class ImportMutants
{
    private const string Enrolling = "Functions/Domain/Deciding/Enrolling.cs";

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
    ];
}
