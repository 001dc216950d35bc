namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>Plans of releases, and what becomes of them.</summary>
public sealed partial class AccountScenario
{
    private IReadOnlyList<PlanLine> approved = [];

    /// <summary>The account's lines of a plan that is made now.</summary>
    public IReadOnlyList<PlanLine> Plan(int? cycle = null) =>
        [
            .. ReleasePlanner.LinesOf(
                Ledger,
                Controls,
                new CycleNumber(cycle ?? Cycle),
                Now,
                Controls.ClearedAt(new CycleNumber(cycle ?? Cycle)) is { } at ? City.At(at).Today : default,
                unusualTimes: 3
            ),
        ];

    /// <summary>A plan is made, sealed and approved, and the account is looked at under it.</summary>
    public AccountScenario WhenTwoPeopleRelease(string id = "R-1")
    {
        approved = Plan();
        var terms = new ReleaseTerms(
            id,
            new CycleNumber(Cycle),
            PlanSeal.HashOf(id, approved),
            approved.Count,
            approved.Sum(line => line.ToBank)
        )
        {
            LastWave = 1,
        };
        Controls = Controls.Change(new CycleReleased(terms), new Authority("city|bob", "looked at it", Now.Utc));
        versions[Controls.Version] = Controls;
        return WhenEvaluatedUnder(id);
    }

    public AccountScenario WhenTheReleaseIsStopped(string id = "R-1") => Change(new ReleaseStopped(id));

    /// <summary>A walk with the plan at hand.</summary>
    public AccountScenario WhenEvaluatedUnder(string id = "R-1") =>
        Do(
            new Evaluate(Now)
            {
                Grants = approved
                    .Where(line => line.Outcome == PlanOutcome.ToBank)
                    .ToDictionary(line => line.Debit, line => line.GrantUnder(id, Now.Today)),
            }
        );

    /// <summary>A grant that no approved release stands behind.</summary>
    public AccountScenario WhenEvaluatedWithAForgedGrant() =>
        Do(
            new Evaluate(Now)
            {
                Grants = Ledger.Debits.ToDictionary(
                    debit => debit.Id,
                    debit => new ReleaseGrant("R-9", Ledger.OpenOn(debit), "cus_1", "pm_1")
                ),
            }
        );
}
