namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would send what nobody approved, or more of it, or hide what became of it.</summary>
internal static class ReleaseMutants
{
    private const string Releasing = "Functions/Domain/Deciding/Charges/Releasing.cs";
    private const string Release = "Functions/Domain/Releases/Release.cs";
    private const string Grant = "Functions/Domain/Releases/ReleaseGrant.cs";
    private const string Planner = "Functions/Domain/Releases/ReleasePlanner.cs";
    private const string Seal = "Functions/Domain/Releases/PlanSeal.cs";
    private const string PreCharge = "Functions/Domain/Commands/PreChargeCheck.cs";
    private const string Approval = "ReleaseApprovalTests";

    public static IEnumerable<Mutant> All => [.. OfTheCheck, .. OfThePlan, .. OfTheBrakes];

    private static IEnumerable<Mutant> OfTheCheck =>
        [
            new(
                "Lines that were altered after the approval are granted",
                "Functions/Application/Releasing/BucketReleases.cs",
                "seals.GetValueOrDefault(lines.Bucket.Number) == PlanSeal.OfBucket(release.Id, lines.Lines)",
                "seals.ContainsKey(lines.Bucket.Number)",
                "AlteredPlanTests"
            ),
            new(
                "After a refused retry any amount is sent",
                Releasing,
                "!(debit.BornOfRetry && WasSent(ledger, bill))",
                "!debit.BornOfRetry",
                "ReleaseCombinationTests"
            ),
            new(
                "Another due date lets a held bill go",
                "Functions/Domain/Deciding/Bills/Correcting.cs",
                "RefuseToLetGo(draft, known, home);",
                "",
                "ReleaseCombinationTests"
            ),
            new(
                "After a weekend two waves leave on one day",
                "Functions/Domain/Releases/ReleaseTimes.cs",
                "(end >= midnight || IsReturn(day, end, times))",
                "end >= midnight",
                "ReleaseCombinationTests"
            ),
            new(
                "What another release sent is still to go",
                Planner,
                "_ when IsSent(debit) => LineState.Dropped,",
                "",
                "ReleaseCombinationTests"
            ),
            new(
                "A clear sends what was held",
                "Functions/Domain/Deciding/Charges/DueDebits.cs",
                "Releasing.WhyNot(draft.Ledger, debit, draft.Controls) is null && Noticing",
                "Noticing",
                Approval
            ),
            new(
                "A grant of no release lets a debit go",
                Releasing,
                "&& draft.Controls.FindRelease(grant.Release) is { IsLive: true } release",
                "&& (draft.Controls.FindRelease(grant.Release) ?? new Release(new ReleaseTerms(\"\", default, \"\", 0, "
                    + "default), new Authority(\"\", \"\", default))) is { } release",
                Approval
            ),
            new(
                "A stopped release still sends",
                Releasing,
                ": !controls.IsLive(grant.Release) ? $\"release {grant.Release} was stopped\" : null;",
                ": null;",
                Approval
            ),
            new(
                "The confirm does not ask for the release",
                PreCharge,
                ": Releasing.WhyNot(ledger, debit, controls);",
                ": null;",
                Approval
            ),
            new(
                "More than was approved is sent",
                Grant,
                "open > Amount ?",
                "open.Cents > Amount.Cents * 2 ?",
                Approval
            ),
            new(
                "Another payment method than approved is charged",
                Grant,
                "(now.Customer, now.PaymentMethod, now.Mandate) != (Customer, PaymentMethod, Mandate)",
                "now.Customer != Customer",
                Approval
            ),
            new(
                "A withdrawn hold lets its debits slip through",
                "Functions/Domain/CityControls/Controls.cs",
                "deferral.Action == DeferralAction.Hold && deferral.IsAbout(bill)",
                "deferral.Action == DeferralAction.Hold && deferral.Covers(bill)",
                Approval
            ),
            new(
                "A retry asks for a release again, and is forgotten",
                Releasing,
                "debit.RetryOn is not null ? []",
                "debit.RetryOn is not null && debit.BornOfRetry ? []",
                Approval
            ),
            new(
                "A carried remainder keeps an ordinary debit waiting",
                Releasing,
                ".Where(line => !line.WasCarried || line",
                ".Where(line => line.WasCarried || true || line",
                Approval
            ),
            new(
                "Nobody looks again at what was granted",
                "Functions/Domain/Ledger/NextEvaluation.cs",
                "when Releasing.WhyNot(ledger, debit, controls) is not null && !IsOfNewerControls(debit, controls) =>",
                "when Releasing.NeedsRelease(ledger, debit, controls) =>",
                Approval
            ),
            new(
                "What is held and cleared again goes under the release of before",
                "Functions/Domain/CityControls/Controls.cs",
                "var before = Deferrals.Any(hold => HoldsStill(hold, cycle)) ? this.StopReleasesOf(cycle, authority) "
                    + ": this;",
                "var before = this;",
                Approval
            ),
            new(
                "A cycle that is opened again goes on under its release",
                "Functions/Domain/CityControls/Controls.cs",
                ".StopReleasesOf(cycle, authority);",
                ".StopReleasesOf(new CycleNumber(0), authority);",
                Approval
            ),
        ];

    private static IEnumerable<Mutant> OfThePlan =>
        [
            new(
                "The hash does not know the amounts",
                "Functions/Domain/Releases/PlanLine.cs",
                "Debit.Value, Open.Cents, Customer",
                "Debit.Value, Customer",
                "ReleaseWavesTests"
            ),
            new(
                "The plan sends what a person has to decide",
                Planner,
                ": Reviewing.ChecksOn(ledger, debit, policies).Count > 0 ? PlanOutcome.Review",
                "",
                "ReleasePlanTests"
            ),
            new(
                "What was paid is not told in the totals",
                "Functions/Domain/Releases/PlanTotals.cs",
                "lines.Sum(line => line.Billed - line.Open)",
                "lines.Where(line => line.Outcome == PlanOutcome.PaidElsewhere).Sum(line => line.Billed - line.Open)",
                "ReleasePlanTests"
            ),
            new(
                "Credit is told as a back payment",
                Planner,
                ".Where(funds => funds.Source is FundsSource.OverCollected or FundsSource.BilledCredit)",
                ".Where(funds => funds.Source is FundsSource.OverCollected)",
                "ReleasePlanTests"
            ),
            new(
                "What is gone since the last plan is not told",
                "Functions/Domain/Releases/PlanComparison.cs",
                "it.Value.IsPositive && !there.Contains(it.Key)",
                "it.Value.IsPositive && there.Count == 0",
                "ReleasePlanTests"
            ),
            new(
                "What never went to the bank is gone since the last plan",
                "Functions/Domain/Releases/PlanComparison.cs",
                "it.Value.IsPositive && !there.Contains(it.Key)",
                "!there.Contains(it.Key)",
                "ReleasePlanTests"
            ),
            new(
                "What is gone counts as held",
                "Functions/Domain/Releases/PlanTotals.cs",
                "lines.Count(line => line.Outcome != PlanOutcome.Gone)",
                "lines.Count",
                "ReleasePlanTests"
            ),
            new(
                "A line is told to leave before its notice",
                Release,
                "new[] { day, line.DueDate, line.NoticeDay ?? day }.Max()",
                "new[] { day, line.DueDate }.Max()",
                "ReleasePlanTests"
            ),
            new(
                "A wave that waits for a go is told to leave today",
                Release,
                "if (first is not { } day) { return null; }",
                "if (first is not { } day) { return FirstDay(times); }",
                "ReleaseWavesTests"
            ),
            new(
                "Nobody can read who made a plan",
                "Functions/Application/Releasing/MakePlan.cs",
                "await change.RunAsync(\n            new PlanMade",
                "_ = change;\n        _ = (\n            new PlanMade",
                "ReleaseTests"
            ),
            new(
                "What was satisfied long ago is in the plan",
                Planner,
                "return debit.ClosedOn >= clearedOn ? PlanOutcome.PaidElsewhere : null;",
                "return PlanOutcome.PaidElsewhere;",
                "ReleasePlanTests"
            ),
            new(
                "What an ended release leaves is still to go",
                "Functions/Domain/Releases/PlanTotals.cs",
                "ToGo = isLive ? left : default,",
                "ToGo = left,",
                "ReleasePlanTests"
            ),
            new(
                "A stopped debit is to go again",
                Planner,
                "_ when line.State == LineState.Stopped => LineState.Stopped,",
                "",
                "ReleasePlanTests"
            ),
        ];

    private static IEnumerable<Mutant> OfTheBrakes =>
        [
            new(
                "Nobody waits for a go",
                Release,
                ": wave == 1 && GoneBy(times) is { } gone ? gone",
                ": wave == 1 ? GoneBy(times) ?? OpensAt",
                "ReleaseWavesTests"
            ),
            new(
                "A release never ends",
                Release,
                "|| times.Now.Utc > ExpiresAt(times))",
                "|| times.Now.Utc > ExpiresAt(times).AddDays(30))",
                "ReleaseWavesTests"
            ),
            new(
                "The daily limit is a number on paper",
                Seal,
                "if (dailyLimit is { } limit && inWave + line.Open > limit)",
                "if (dailyLimit is { } limit && line.Open > limit)",
                "ReleaseWavesTests"
            ),
            new(
                "All waves go on the day of the go",
                Release,
                "day = Free(BankingCalendar.AddBankingDays(day, 1), times); } return day;",
                "day = Free(day, times); } return day;",
                "ReleaseWavesTests"
            ),
            new(
                "A go weeks after the end lets the rest go",
                Release,
                "Gone is null || !IsGoneInTime(times) || GoneOn",
                "Gone is null || GoneOn",
                "ReleaseWavesTests"
            ),
            new(
                "A late go is taken",
                "Functions/Application/Finance/ChangeControls.cs",
                "change is ReleaseGone go && controls",
                "change is ReleaseGone go && go.Id.Length == 0 && controls",
                "ReleaseBrakesTests"
            ),
            new(
                "The rest goes by itself on the day of the first ones",
                Release,
                "var next = BankingCalendar.AddBankingDays(FirstDay(times), 1);",
                "var next = FirstDay(times);",
                "ReleaseWavesTests"
            ),
            new(
                "After a halt all waves go at once",
                "Functions/Domain/CityControls/Controls.cs",
                "next.NotePauses(authority.At) with",
                "next with",
                "ReleaseBrakesTests"
            ),
            new(
                "A halt keeps a release alive for ever",
                Release,
                ": put < latest ? put",
                ": put > planned ? put",
                "ReleaseWavesTests"
            ),
            new(
                "A grant never lapses",
                "Functions/Domain/Deciding/Charges/DueDebits.cs",
                "Releasing.Lapse(draft);",
                "",
                "ReleaseApprovalTests"
            ),
            new(
                "I25: what left after its release is not seen",
                "Functions/Domain/Invariants/ReleaseInvariants.cs",
                "? WhyLate(ledger, debit, sent, grant, seen ?? context.Controls)",
                "? null",
                "ReleaseApprovalTests"
            ),
            new(
                "A carried remainder spares the whole bill its release",
                "Functions/Domain/Deciding/Charges/Releasing.cs",
                "!line.WasCarried || line.Bill.Open >= controls.Policies.MinimumCharge",
                "!line.WasCarried",
                "ReleaseApprovalTests"
            ),
            new(
                "Who made the plan approves it",
                "Functions/Domain/CityControls/Approval.cs",
                "&& released.Terms.PreparedBy.Any(by => IsSame(by, person))",
                "&& person.Length == 0",
                "ReleaseBrakesTests"
            ),
            new(
                "A release of another clear is approved",
                "Functions/Domain/Releases/ReleaseChanges.cs",
                ": controls.ClearedAt(terms.Cycle) != terms.ClearedAt",
                ": controls.ClearedAt(terms.Cycle) != terms.ClearedAt && terms.Debits < 0",
                "ReleaseTests"
            ),
            new(
                "However much drifts, the release goes on",
                "Functions/Application/Releasing/BucketReleases.cs",
                "if (stopped > 1 && stopped * 100 > options.ReleaseDriftPercent * release.Terms.Debits)",
                "if (stopped > release.Terms.Debits)",
                "ReleaseTests"
            ),
            new(
                "Whatever total is typed, it is approved",
                "Functions/Triggers/Finance/ApprovalFunctions.cs",
                "&& amount.Cents != typed",
                "&& amount.Cents < 0",
                "ReleasePageTests"
            ),
            new(
                "The page shows the button to whoever prepared the plan",
                "Functions/Pages/Releases/ApproveForm.razor",
                "@if (Approval.IsPreparedBy(Frame.Who))",
                "@if (Frame.Who.Length == 0)",
                "ReleasePageTests"
            ),
            new(
                "The same click twice makes two plans",
                "Functions/Application/Releasing/MakePlan.cs",
                "if (operation is not null && await",
                "if (operation is null && await",
                "ReleasePageTests"
            ),
            new(
                "A form forgets which version it showed",
                "Functions/Pages/Parts/Confirm.razor",
                "value=\"@Frame.Version\">",
                "value=\"\">",
                "DeferralPageTests"
            ),
        ];
}
