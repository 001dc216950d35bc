using Autopay.Application.Auditing;
using Autopay.Application.Ports.Books;

namespace Autopay.Tests.Rules.Domain;

/// <summary>The record of what was decided gives the controls once more, and nothing else is believed.</summary>
public sealed class ReplayingTests
{
    private static readonly DateTimeOffset Monday = new(2020, 1, 20, 15, 0, 0, TimeSpan.Zero);

    private static readonly CycleNumber One = new(1);

    private static readonly ReleaseTerms Terms = new("R-1", One, "plan", 3, new Money(15920))
    {
        StartAt = Monday,
        ClearedAt = Monday.AddHours(2),
    };

    private readonly List<ControlsHistoryRow> record = [];
    private Controls controls = new();

    public ReplayingTests()
    {
        Do(
            "ann",
            new DeferralDeclared(
                new DeferralId("outage"),
                [One],
                new DateOnly(2020, 1, 20),
                new DateOnly(2020, 2, 5),
                DeferralAction.Hold,
                null
            )
        );
        Do("ann", new BacklogCleared([One], new Dictionary<string, DateOnly> { ["cash"] = new(2020, 1, 20) }));
        Do("ann", new ApprovalAsked("R-1", new CycleReleased(Terms)));
        Do("bob", new ApprovalGiven("R-1", controls.Approvals[0].Hash));
        Do("ann", new ChargingHalted());
        Do("ann", new ApprovalAsked("resume-1", new ChargingResumed()));
        Do("bob", new ApprovalRejected("resume-1"));
    }

    [Fact]
    public void What_the_record_gives_is_what_is_stored() => Assert.Null(VerifyControls.Run(controls, record));

    [Fact]
    public void Words_that_were_shown_may_be_others_by_now()
    {
        var reworded = controls with
        {
            Approvals = [.. controls.Approvals.Select(it => it with { Shown = "in other words" })],
        };

        Assert.Null(VerifyControls.Run(reworded, record));
    }

    [Fact]
    public void What_nobody_decided_is_named()
    {
        var other = new Authority("nobody", "no reason", Monday);

        Assert.Equal("Halt", Named(controls with { Halt = null }));
        Assert.Equal("Deferrals", Named(controls with { Deferrals = [] }));
        Assert.Equal("Backlog", Named(controls with { Backlog = [controls.Backlog[0] with { ChangedAt = Monday }] }));
        Assert.Equal("Generation", Named(controls with { Generation = 2 }));
        Assert.Equal("Releases", Named(controls with { Releases = [.. controls.Releases, new(Terms, other)] }));
        var more = Terms with { Total = new Money(15921) };
        Assert.Equal("Releases", Named(controls with { Releases = [controls.Releases[0] with { Terms = more }] }));
        Assert.Equal("Approvals", Named(controls with { Approvals = [controls.Approvals[0] with { Asked = other }] }));
        Assert.Equal("AccountsVersion", Named(controls with { AccountsVersion = 1 }));
    }

    [Fact]
    public void An_act_that_cannot_have_been_done_is_named()
    {
        record.RemoveAt(2);

        var broken = VerifyControls.Run(controls, record);

        Assert.Equal("act 4 cannot have been done: Nobody has asked for R-1.", broken?.Why);
    }

    [Fact]
    public void Nothing_is_charged_or_changed_upon_controls_that_the_record_does_not_bear_out()
    {
        var unproven = controls with { Halt = null, IsUnproven = true };

        Assert.StartsWith("the city's controls are not what", unproven.WhyNothingIsCharged, StringComparison.Ordinal);
        Assert.Throws<RefusedException>(() => unproven.Change(new ChargingHalted(), controls.Releases[0].Approved));
    }

    private string? Named(Controls stored) => VerifyControls.Run(stored, record)?.Why.Split('\'')[1];

    private void Do(string who, ControlChange change)
    {
        var authority = new Authority(who, "test", Monday.AddHours(record.Count + 1));
        controls = controls.Change(change, authority);
        record.Add(new ControlsHistoryRow(controls.Version, authority, change));
    }
}
