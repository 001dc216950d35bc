namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would let one person do what takes two, or hide from the second one what is agreed to.</summary>
internal static class ApprovalMutants
{
    private const string Second = "Functions/Domain/CityControls/SecondPerson.cs";
    private const string Exempt = "Functions/Application/Releasing/ExemptHeldBill.cs";
    private const string Preparers = "Functions/Application/Releasing/FindPreparers.cs";

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
                "BlobStates.None, Restores,",
                "BlobStates.None, \"none\",",
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
            new(
                "Who cleared and when is no part of a certificate's document",
                "Functions/Domain/Certificates/CertificateDocument.cs",
                "$\"asked {TextOf(Asked)}\\noverride",
                "$\"asked \\noverride",
                "CertificateTests"
            ),
            new(
                "A clear on known numbers is told as the one before it",
                "Functions/Application/Certifying/CertifyClear.cs",
                "kept.FirstOrDefault(it => it.IsOfTheSameClear(document))",
                "kept.FirstOrDefault(it => it.Certificate.Hash == document.Certificate.Hash)",
                "CertifiedClearTests"
            ),
            new(
                "A missing receipt is counted away by one person",
                "Functions/Domain/Certificates/Certificate.cs",
                "former.Count > CountedCount || former.Amount > Counted",
                "former.Count > CountedCount && former.Count < 0",
                "CertificateTests",
                "OverrideTests"
            ),
            new(
                "What was counted before is forgotten",
                "Functions/Application/Certifying/CountTotals.cs",
                "total.InPlaceOf(known.GetValueOrDefault(total.Key))",
                "total.InPlaceOf(null)",
                "OverrideTests"
            ),
            new(
                "Who approves is not shown what was counted before",
                "Functions/Domain/CityControls/SecondPerson.cs",
                "{Replaced(differences.InPlace)}",
                "",
                "OverrideTests"
            ),
            new(
                "Who approves a release is not shown that nothing was counted",
                "Functions/Domain/Releases/ReleaseChanges.cs",
                "{controls.ProofOf(terms.Cycle)} ",
                "",
                "ClearProofTests"
            ),
            new(
                "Accounts files of one day are counted each alone",
                "Functions/Application/Importing/AgreeImport.cs",
                "all.InADay > most",
                "all.Accounts > most",
                "AgreeImportTests"
            ),
            new(
                "A second halt is lost",
                "Functions/Domain/CityControls/Protections.cs",
                "Further = [.. Further ?? [], other],",
                "Further = Further,",
                "HaltsTests"
            ),
            new(
                "Who ends a halt is shown the first one only",
                "Functions/Domain/CityControls/SecondPerson.cs",
                "string.Join(\". And \", halt.All.Select(Show))",
                "string.Join(\". And \", halt.All.Take(1).Select(Show))",
                "HaltsTests"
            ),
            new(
                "That no file is watched is not said",
                "Functions/Application/ReadHealth.cs",
                "SwitchedOff.UnwatchedOf(now.Policies))",
                "null)",
                "UnwatchedTests"
            ),
            new(
                "One person takes a bill out of a hold",
                Exempt,
                "controls.Policies is { ReleaseApproval: true, SecondPerson: true }",
                "controls.Policies is { ReleaseApproval: true, SecondPerson: false }",
                "ExemptHeldBillTests",
                "ExemptionHttpTests"
            ),
            new(
                "A bill that has grown since is taken out of its hold",
                Exempt,
                "?.Open <= agreed.Open)",
                "?.Open >= Money.Zero)",
                "ExemptHeldBillTests"
            ),
            new(
                "What a dead run has approved is never taken out of its hold",
                Exempt,
                "if (approval.Act is ExemptionAgreed agreed && await",
                "if (approval.Act is ExemptionAgreed { Open.Cents: < 0 } agreed && await",
                "ExemptHeldBillTests"
            ),
            new(
                "What has grown since two people agreed leaves its hold whole",
                Exempt,
                "&& now.Open > agreed.Open",
                "&& now.Open < Money.Zero",
                "ExemptHeldBillTests"
            ),
            new(
                "A request outlives the opening of its cycle",
                Second,
                "controls.RefuseOtherBacklog(approval);",
                "",
                "ReleaseCombinationTests"
            ),
            new(
                "Who withdrew the hold approves what it held",
                Preparers,
                "withdrew.Add(authority.By);",
                "_ = withdrew;",
                "ReleaseCombinationTests"
            ),
            new(
                "Who agreed to an override cannot approve, and who asked for it can",
                Preparers,
                "agreed.GetValueOrDefault(at, authority.By)",
                "agreed.GetValueOrDefault(at.AddDays(-1), authority.By)",
                "ReleaseCombinationTests"
            ),
            new(
                "The end of a halt is told to send what a person must look at",
                "Functions/Domain/Previews/ResumeTally.cs",
                "&& Reviewing.FindingsOn(ledger, debit, resumed.Policies).Count == 0",
                "",
                "ResumeTallyTests"
            ),
        ];
}
