namespace Autopay.Tests.Rules.Mutants;

/// <summary>Pages that show or send something else than what they say.</summary>
internal static class PageMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "A file is sent with the first press",
            "Functions/Pages/Assets/upload.js",
            "if (!isGood) query.set(\"check\", \"only\");",
            "",
            "ImportPagesTests"
        ),
        new(
            "Everybody can do everything on the work list",
            "Functions/Pages/Work/WorkAct.cs",
            "&& frame.Allows(name)",
            "&& frame.May.Count > 0 && name.Length > 0",
            "WorkPagesTests"
        ),
        new(
            "The audit page shows the oldest acts first",
            "Functions/Triggers/Pages/AuditPages.cs",
            "isNewestFirst: true",
            "isNewestFirst: false",
            "TruthOfPagesTests"
        ),
        new(
            "A month is ready although payments are without an account",
            "Functions/Pages/Books/BooksModels.cs",
            "Suspense.Count == 0",
            "Suspense.Count >= 0",
            "TruthOfPagesTests"
        ),
        new(
            "A slip agrees with every file",
            "Functions/Pages/Importing/ImportModels.cs",
            "(Rows ?? import.Rows) == import.Rows",
            "(Rows ?? import.Rows) >= 0",
            "TruthOfPagesTests"
        ),
    ];
}
