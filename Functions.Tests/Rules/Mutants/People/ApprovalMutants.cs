namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would let one person do what takes two, or hide from the second one what is agreed to.</summary>
internal static class ApprovalMutants
{
    private const string Second = "Functions/Domain/CityControls/SecondPerson.cs";

    public static IEnumerable<Mutant> All =>
        [
            new(
                "Who knows a request's id puts another one in its place",
                Second,
                "&& known.IsAskedBy(asked.Asked.By)",
                "",
                "SecondPersonTests"
            ),
            new(
                "A request takes the place of one that asks for something else",
                Second,
                "&& (known.Shown == asked.Shown || (known.Act, asked.Act) is (CycleReleased, CycleReleased));",
                ";",
                "SecondPersonTests"
            ),
            new(
                "The end of a halt is approved as a release",
                "Functions/Application/Releasing/ReadReleases.cs",
                "is { Act: not CycleReleased } other)",
                "is { Act: not CycleReleased, Id: \"\" } other)",
                "ApprovalIdTests"
            ),
            new(
                "A row that says that it is a restore excuses every anchor",
                "Functions/Domain/Audit/AuditCheck.cs",
                "kept[row.Number].FirstOrDefault(it => it.Hash == row.Hash)",
                "kept[row.Number].Append(new RestoreAnchor(row.Number, row.Hash, row.Authority.At)).FirstOrDefault()",
                "AuditChainTests"
            ),
            new(
                "A restore is not kept beside the anchors",
                "Functions/Storage/Finance/TableAuditTrail.cs",
                "GetBlobsAsync(prefix: Restores,",
                "GetBlobsAsync(prefix: \"none\",",
                "RestoreTests"
            ),
            new(
                "What is stored as the city's controls is believed, whoever wrote it",
                "Functions/Storage/Finance/TableControlsStore.cs",
                "if (!ControlsRows.IsProven(state, rows))",
                "if (rows.Count == 0)",
                "ForgedControlsTests"
            ),
            new(
                "Controls that nobody decided let money go",
                "Functions/Domain/CityControls/Controls.cs",
                "IsUnproven ? Unproven",
                "IsUnproven && Halt is not null ? Unproven",
                "ForgedControlsTests",
                "ReplayingTests"
            ),
            new(
                "An act upon controls that nobody decided makes them what was decided",
                "Functions/Domain/CityControls/Controls.cs",
                "IsUnproven ? throw",
                "IsUnproven && Halt is not null && Version < 0 ? throw",
                "ForgedControlsTests",
                "ReplayingTests"
            ),
            new(
                "Controls are not held against the record",
                "Functions/Application/Auditing/VerifySeals.cs",
                "VerifyControls.Run(stored, record) is { } wrong",
                "VerifyControls.Run(stored, record) is { Why: \"\" } wrong",
                "ForgedControlsTests"
            ),
        ];
}
