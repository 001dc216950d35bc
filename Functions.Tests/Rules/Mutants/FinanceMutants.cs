namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would let one person do what takes two, or a record be altered unseen.</summary>
internal static class FinanceMutants
{
    private const string SecondPerson = "Functions/Domain/CityControls/SecondPerson.cs";
    private const string Check = "Functions/Domain/Audit/AuditCheck.cs";

    public static IEnumerable<Mutant> All =>
        [
            new(
                "Who asked for the end of a halt approves it",
                SecondPerson,
                "if (approval.IsAskedBy(authority.By))",
                "if (approval.Id.Length == 0)",
                "SecondPersonTests"
            ),
            new(
                "The same person in other letters is another one",
                "Functions/Domain/CityControls/Approval.cs",
                "string.Equals(Asked.By, person, StringComparison.OrdinalIgnoreCase);",
                "string.Equals(Asked.By, person, StringComparison.Ordinal);",
                "SecondPersonTests"
            ),
            new(
                "Any text is approved",
                SecondPerson,
                "if (approval.Hash != given.Hash || approval.Shown != controls.Show(approval.Act))",
                "if (approval.Shown != controls.Show(approval.Act))",
                "SecondPersonTests"
            ),
            new(
                "What has changed since is approved",
                SecondPerson,
                "if (approval.Hash != given.Hash || approval.Shown != controls.Show(approval.Act))",
                "if (approval.Hash != given.Hash)",
                "SecondPersonTests"
            ),
            new(
                "An approval can be given for ever",
                "Functions/Domain/CityControls/Approval.cs",
                "=> now > ExpiresAt;",
                "=> now > ExpiresAt.AddYears(1);",
                "SecondPersonTests"
            ),
            new(
                "What was rejected can still be approved",
                SecondPerson,
                "if (approval.Decided is { } decided)",
                "if (!approval.IsRejected && approval.Decided is { } decided)",
                "SecondPersonTests"
            ),
            new(
                "A row of the audit does not know the one before",
                "Functions/Domain/Audit/AuditChain.cs",
                "[ previous, number.ToString",
                "[ Genesis, number.ToString",
                "AuditChainTests"
            ),
            new(
                "Nobody asks the anchors",
                Check,
                "foreach (var anchor in open.OrderBy(anchor => anchor.Number))",
                "foreach (var anchor in open.OrderBy(anchor => anchor.Number).Take(0))",
                "AuditTrailTests"
            ),
            new(
                "A record whose end was cut off stands",
                Check,
                "if (head.Number != Rows || (Rows > 0 && head.Hash != previous))",
                "if (head.Number < Rows)",
                "AuditTrailTests"
            ),
            new(
                "Every anchor is excused by any restore",
                Check,
                "restore.Number <= anchor.Number && anchor.At <= restore.At",
                "restore.Number <= anchor.Number",
                "AuditChainTests"
            ),
        ];
}
