using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Imports;
using Autopay.Tests.App.Application;

namespace Autopay.Tests.App.Certifying;

/// <summary>Two people clear a cycle in spite of its differences: of these, and no others.</summary>
public sealed class OverrideTests
{
    private static readonly CycleNumber One = new(1);

    private static readonly BacklogCleared Wanted = new(
        [One],
        new Dictionary<string, DateOnly> { ["check"] = new(2020, 1, 10) }
    );

    private readonly ImportWorld world = new();

    [Fact]
    public async Task It_clears_when_the_second_person_approves_and_the_document_names_both()
    {
        await GivenADifferenceAsync();
        await AskAsync();
        Assert.False(world.Backlog(1).Cleared);

        await ApproveAsync();

        Assert.True(world.Backlog(1).Cleared);
        var kept = Assert.Single(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
        Assert.Equal(
            (CertificateState.Overridden, "bob", "ann", world.Backlog(1).Certificate),
            (kept.State, kept.Document!.Asked.By, kept.Document.OverrideAskedBy?.By, kept.Document.Hash)
        );
    }

    [Fact]
    public async Task What_has_changed_since_it_was_asked_for_is_not_approved()
    {
        await GivenADifferenceAsync();
        await AskAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,20.00,check,D1,2020-01-10,");

        var refused = await Assert.ThrowsAsync<RefusedException>(ApproveAsync);

        Assert.Contains("1 of 1 totals differs, by $30.00", refused.Message, StringComparison.Ordinal);
        Assert.Equal((false, null), (world.Backlog(1).Cleared, world.Backlog(1).Clearing));
    }

    [Fact]
    public async Task Without_a_difference_there_is_nothing_to_override()
    {
        await GivenADifferenceAsync();
        await world.ImportAsync(ImportKind.Payments, "P1,A1,50.00,check,D1,2020-01-10,");

        var refused = await Assert.ThrowsAsync<RefusedException>(AskAsync);

        Assert.Equal("There is nothing to override: of cycle 1, the one total agrees. Clear it.", refused.Message);
        Assert.Empty(world.Controls.Approvals);
    }

    [Fact]
    public async Task A_missing_receipt_whose_count_is_typed_away_takes_two_people_who_are_shown_both_counts()
    {
        await GivenADifferenceAsync();
        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-10,check,D1,0,0.00,1");

        var refused = await Assert.ThrowsAsync<CertificateRefusedException>(() =>
            world.Clear.RunAsync(Wanted, world.Later("ann"), CancellationToken.None)
        );
        Assert.Contains("1 count was lowered", refused.Message, StringComparison.Ordinal);
        await AskAsync();
        var shown = world.Controls.Approvals[0].Shown;
        Assert.StartsWith("Cycle 1 is cleared although 1 count was lowered. ", shown, StringComparison.Ordinal);
        Assert.Contains(
            "2020-01-10 check, drawer D1, cycle 1: 0 of $0.00, before 1 of $50.00 by clerk",
            shown,
            StringComparison.Ordinal
        );

        await ApproveAsync();

        Assert.True(world.Backlog(1).Cleared);
        Assert.Contains("before 1 of $50.00 by clerk", world.Backlog(1).Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watermarks_that_a_count_contradicts_are_not_overridden()
    {
        await GivenADifferenceAsync();

        await Assert.ThrowsAsync<CertificateRefusedException>(() =>
            world.Override.AskAsync(
                "o",
                new BacklogCleared([One], new Dictionary<string, DateOnly>()),
                new ChangeRequest(world.Later("ann")),
                CancellationToken.None
            )
        );
        Assert.Empty(world.Controls.Approvals);
    }

    [Fact]
    public async Task R26_It_waits_for_files_and_clears_when_they_change_nothing_of_it()
    {
        await GivenADifferenceAsync();
        await AskAsync();
        var file = await world.SendAsync(
            ImportKind.Bills,
            "B2,A1,1,2020-01-08,2020-01-22,2020-01-29,90.00,90.00,180.00"
        );
        await ApproveAsync();
        Assert.Equal("bob", world.Backlog(1).Clearing?.By);

        await world.ApplyAsync(file);

        Assert.Equal((true, null), (world.Backlog(1).Cleared, world.Backlog(1).Clearing));
    }

    [Fact]
    public async Task R26_It_does_not_clear_what_a_file_has_made_of_it_meanwhile()
    {
        await GivenADifferenceAsync();
        await AskAsync();
        var file = await world.SendAsync(ImportKind.Payments, "P1,A1,20.00,check,D1,2020-01-10,");
        await ApproveAsync();

        await world.ApplyAsync(file);

        Assert.Equal((false, "bob"), (world.Backlog(1).Cleared, world.Backlog(1).Clearing?.By));
        Assert.Empty(await world.Certificate.ReadKeptAsync(One, CancellationToken.None));
    }

    private async Task GivenADifferenceAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, "A1,1,west,on,cus_1,pm_1,,,");
        await world.ImportAsync(ImportKind.Bills, "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,90.00,0.00,90.00");
        await world.DeclareAsync("outage", 1, new DateOnly(2020, 1, 20), new DateOnly(2020, 1, 31));
        await world.ImportAsync(ImportKind.ControlTotals, "2020-01-10,check,D1,1,50.00,1");
    }

    private Task<Controls> AskAsync() =>
        world.Override.AskAsync("o", Wanted, new ChangeRequest(world.Later("ann")), CancellationToken.None);

    private async Task ApproveAsync()
    {
        await world.Override.RefuseChangedAsync("o", CancellationToken.None);
        await world.ChangeAsync(new ApprovalGiven("o", world.Controls.Approvals[0].Hash), "bob");
        await world.Override.FinishAsync(CancellationToken.None);
    }
}
