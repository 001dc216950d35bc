using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// A file that waits for another person asks once, keeps nobody else waiting, and counts what it changes and no more.
/// </summary>
public sealed class AgreeImportEdgesTests
{
    private static readonly string[] Known = [.. Enumerable.Range(1, 5).Select(number => Row(number))];
    private static readonly string[] Three = [Row(1, "pm_x"), Row(2, "pm_y"), Row(3, "pm_z")];
    private readonly ImportWorld world = new(new Policies { MethodChangesLimit = 2 });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_it_waits_nobody_is_asked_twice_and_nothing_is_written()
    {
        var waiting = await WaitingAsync();
        var asked = world.WaitingApprovals.Single();
        world.Wait(TimeSpan.FromMinutes(5));

        Assert.True(await world.ApplyAsync(waiting.Id));

        Assert.Equal(asked.Id, Assert.Single(world.WaitingApprovals).Id);
        Assert.Equal(waiting, await world.RecordAsync(waiting.Id));
    }

    [Fact]
    public async Task A_file_behind_it_that_may_pass_is_called()
    {
        await world.ImportAsync(ImportKind.Accounts, Known);
        var waiting = await world.SendAsync(ImportKind.Accounts, Three);
        var payments = await world.SendAsync(ImportKind.Payments, "P1,A1,50.00,cash,,2020-01-10,");
        var calls = world.Queue.Imports.Count;

        Assert.True(await world.ApplyAsync(waiting));

        Assert.Equal([payments], world.Queue.Imports.Skip(calls).Select(message => message.ImportId));
    }

    [Fact]
    public async Task What_a_dead_run_has_approved_is_called_by_the_sweep_or_by_its_own_message()
    {
        var waiting = await WaitingAsync();
        var approval = world.WaitingApprovals.Single();
        await world.ChangeAsync(new ApprovalGiven(approval.Id, approval.Hash), "bob");
        var calls = world.Queue.Imports.Count;

        Assert.True(await world.ApplyAsync(waiting.Id));
        Assert.Equal(ImportState.Stored, (await world.RecordAsync(waiting.Id)).State);
        Assert.Equal([waiting.Id], world.Queue.Imports.Skip(calls).Select(message => message.ImportId));

        await world.Agree.FinishAsync(Cancel);
        Assert.Equal([waiting.Id, waiting.Id], world.Queue.Imports.Skip(calls).Select(message => message.ImportId));
    }

    // Ticks less than a day before.
    [Theory]
    [InlineData(0, ImportState.Done)]
    [InlineData(1, ImportState.WaitsForApproval)]
    public async Task What_other_files_have_changed_counts_for_a_day(int ticks, ImportState ends)
    {
        await world.ImportAsync(ImportKind.Accounts, Known);
        var first = await world.ImportAsync(ImportKind.Accounts, Row(1, "pm_x"), Row(2, "pm_y"));
        world.Wait(
            TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1) - (world.Now - first.Arrival.At) - TimeSpan.FromTicks(ticks)
        );

        var second = await world.ImportAsync(ImportKind.Accounts, Row(3, "pm_z"));

        Assert.Equal(TimeSpan.FromDays(1) - TimeSpan.FromTicks(ticks), second.Arrival.At - first.Arrival.At);
        Assert.Equal(ends, second.State);
    }

    [Fact]
    public async Task What_is_applied_already_is_not_counted_again_by_the_message_that_goes_on()
    {
        var slow = new ImportWorld(
            new Policies { MethodChangesLimit = 2 },
            new ProcessingOptions { ImportFor = TimeSpan.Zero }
        );
        var other = Enumerable.Range(2, 50).First(number => BucketOf(number) != BucketOf(1));
        await slow.ImportUntilDoneAsync(ImportKind.Accounts, Row(1), Row(other));

        var done = await slow.ImportUntilDoneAsync(ImportKind.Accounts, Row(1, "pm_x"), Row(other, "pm_y"));

        Assert.Equal(new MethodChanges(2, 0, 2, 0, 0), done.Changes);
    }

    // Its row is listed with the import, and the others count.
    [Fact]
    public async Task An_account_that_cannot_be_read_is_not_counted_and_keeps_nobody_else_from_it()
    {
        int[] numbers = [.. Enumerable.Range(1, 200).Where(number => BucketOf(number) == BucketOf(1)).Take(4)];
        await world.ImportAsync(ImportKind.Accounts, [.. numbers.Select(number => Row(number))]);
        world.Failing.WhyNotRead = id => id.Value == $"A{numbers[0]}" ? new FormatException("It is no ledger.") : null;

        var waiting = await world.ImportAsync(
            ImportKind.Accounts,
            [.. numbers.Select(number => Row(number, $"pm_x{number}"))]
        );

        Assert.Equal((ImportState.WaitsForApproval, 3), (waiting.State, waiting.Changes?.Accounts));
    }

    [Fact]
    public async Task Who_answers_what_nobody_has_asked_is_told_so()
    {
        var request = new ChangeRequest(world.Later("bob"));

        await Assert.ThrowsAsync<NotYetKnownException>(() =>
            world.Approvals.ApproveAsync(new ApprovalGiven("none", "00"), request, Cancel)
        );
        await Assert.ThrowsAsync<NotYetKnownException>(() => world.Approvals.RejectAsync("none", request, Cancel));
        await world.Agree.RejectAsync("none", Cancel);
        await world.Override.RefuseChangedAsync("none", Cancel);
    }

    private async Task<ImportRecord> WaitingAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, Known);
        var waiting = await world.ImportAsync(ImportKind.Accounts, Three);
        Assert.Equal(ImportState.WaitsForApproval, waiting.State);
        return waiting;
    }

    private static Bucket BucketOf(int number) => Bucket.Of(new AccountId($"A{number}"));

    private static string Row(int number, string? pm = null) =>
        $"A{number},1,west,on,cus_{number},{pm ?? $"pm_{number}"},,,";
}
