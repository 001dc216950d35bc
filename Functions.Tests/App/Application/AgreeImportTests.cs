using Autopay.Application.Finance;
using Autopay.Application.Ports.Files;
using Autopay.Imports;

namespace Autopay.Tests.App.Application;

/// <summary>
/// Two people for an accounts file that changes the means of payment or the caps of more than two known accounts. The
/// clerk sends the files.
/// </summary>
[Trait("Layer", "L2")]
public sealed class AgreeImportTests
{
    private static readonly string[] Known = [.. Enumerable.Range(1, 5).Select(number => Row(number))];
    private static readonly string[] Three = [Row(1, pm: "pm_x"), Row(2, pm: "pm_y"), Row(3, pm: "pm_z"), Known[3]];
    private readonly ImportWorld world = new(new Policies { MethodChangesLimit = 2 });

    [Fact]
    public async Task Each_kind_of_change_is_counted_and_each_account_once()
    {
        await world.ImportAsync(ImportKind.Accounts, Known);

        var waiting = await SendAsync(
            Row(1, customer: "cus_x", pm: "pm_x"),
            Row(2, pm: "pm_y", mandate: "man_y"),
            Row(3, mandate: "man_z"),
            Row(4, cap: "10.00"),
            Known[4]
        );

        Assert.Equal(
            (ImportState.WaitsForApproval, new MethodChanges(4, 1, 2, 2, 1)),
            (waiting.State, waiting.Changes)
        );
        Assert.Equal(
            $"The accounts file {waiting.Id} changes 4 known accounts: 1 provider customers, 2 payment methods, 2 "
                + $"mandates, 1 caps. It came at {waiting.Authority.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, SHA-256 "
                + waiting.Sha256,
            Assert.Single(world.WaitingApprovals).Shown
        );
        Assert.Equal("pm_1", world.Ledger("A1").Enrolment?.PaymentMethod);
    }

    [Fact]
    public async Task So_many_accounts_as_the_limit_one_person_changes_alone()
    {
        await world.ImportAsync(ImportKind.Accounts, Known);

        var done = await SendAsync(Row(1, pm: "pm_x"), Row(2, pm: "pm_y"), Known[2]);

        Assert.Equal((ImportState.Done, "pm_x"), (done.State, world.Ledger("A1").Enrolment?.PaymentMethod));
        Assert.Empty(world.WaitingApprovals);
    }

    [Fact]
    public async Task Two_files_of_one_day_are_counted_together_and_one_that_was_agreed_on_is_not()
    {
        await world.ImportAsync(ImportKind.Accounts, Known);
        Assert.Equal(ImportState.Done, (await SendAsync(Row(1, pm: "pm_x"), Row(2, pm: "pm_y"))).State);

        var second = await SendAsync(Row(3, pm: "pm_z"));

        Assert.Equal(
            (ImportState.WaitsForApproval, 1, 2),
            (second.State, second.Changes!.Accounts, second.Changes.Earlier)
        );
        var approval = Assert.Single(world.WaitingApprovals);
        Assert.Contains(
            "other files have changed 2 more within 24 hours before",
            approval.Shown,
            StringComparison.Ordinal
        );
        Assert.Equal("pm_3", world.Ledger("A3").Enrolment?.PaymentMethod);
    }

    [Fact]
    public async Task New_accounts_first_payment_methods_and_other_words_do_not_count()
    {
        await world.ImportAsync(
            ImportKind.Accounts,
            [.. Known.Take(3), .. new[] { 6, 7, 8 }.Select(it => $"A{it},1,west,off,,,,,")]
        );

        var done = await SendAsync(
            Row(1, cycle: 2),
            Row(2, autopay: "off"),
            Row(3, email: "a@example.org"),
            Row(6),
            Row(7),
            Row(8),
            Row(9),
            Row(10)
        );

        Assert.Equal(ImportState.Done, done.State);
    }

    [Fact]
    public async Task Where_one_person_may_do_everything_no_file_waits()
    {
        var alone = new ImportWorld(new Policies { MethodChangesLimit = 2, SecondPerson = false });
        await alone.ImportAsync(ImportKind.Accounts, Known);

        Assert.Equal(ImportState.Done, (await alone.ImportAsync(ImportKind.Accounts, Three)).State);
    }

    [Fact]
    public async Task Who_sent_it_cannot_approve_it_and_another_person_can_once()
    {
        var waiting = await WaitingAsync();

        await Assert.ThrowsAsync<AnotherPersonException>(() => ApproveAsync("Clerk"));
        await ApproveAsync("bob");
        var (approval, before) = (world.Controls.Approvals.Single(), world.Controls.Version);
        await Assert.ThrowsAsync<RefusedException>(() => ApproveAsync(approval, "cem"));

        Assert.Equal(before, world.Controls.Version);
        Assert.Equal(waiting.Id, world.Queue.Imports[^1].ImportId);
        Assert.True(await world.ApplyAsync(waiting.Id));
        var done = await world.RecordAsync(waiting.Id);
        Assert.Equal((ImportState.Done, 3, "bob"), (done.State, done.Applied, done.AgreedBy?.By));
        Assert.Equal("pm_x", world.Ledger("A1").Enrolment?.PaymentMethod);
    }

    [Fact]
    public async Task A_rejected_file_is_set_aside_and_the_next_one_has_its_turn()
    {
        var waiting = await WaitingAsync();
        var next = await world.SendAsync(ImportKind.Accounts, Row(1, cap: "10.00"));
        Assert.False(await world.ApplyAsync(next));

        await world.Approvals.RejectAsync(
            world.WaitingApprovals.Single().Id,
            new ChangeRequest(world.Later("bob")),
            CancellationToken.None
        );

        var aside = await world.RecordAsync(waiting.Id);
        Assert.Equal((ImportState.SetAside, "bob"), (aside.State, aside.SetAsideBy?.By));
        Assert.Equal(next, world.Queue.Imports[^1].ImportId);
        Assert.True(await world.ApplyAsync(next));
        Assert.Equal("pm_1", world.Ledger("A1").Enrolment?.PaymentMethod);
    }

    [Fact]
    public async Task Payments_pass_a_file_that_waits_and_everything_else_stays_behind_it()
    {
        var waiting = await WaitingAsync();
        var bills = await world.SendAsync(
            ImportKind.Bills,
            "B1,A1,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00"
        );
        var accounts = await world.SendAsync(ImportKind.Accounts, Row(1, cap: "10.00"));
        var payments = await world.SendAsync(ImportKind.Payments, "P1,A1,50.00,cash,,2020-01-10,");

        Assert.Equal(
            (false, false, true),
            (await world.ApplyAsync(bills), await world.ApplyAsync(accounts), await world.ApplyAsync(payments))
        );
        Assert.Equal(5_000, world.Ledger("A1").Credit.Cents);

        await ApproveAsync("bob");
        Assert.False(await world.ApplyAsync(bills));
        Assert.True(await world.ApplyAsync(waiting.Id));
        Assert.Equal(bills, world.Queue.Imports[^1].ImportId);
        Assert.True(await world.ApplyAsync(bills));
        Assert.True(await world.ApplyAsync(accounts));
    }

    [Fact]
    public async Task A_clear_waits_for_a_file_that_waits_for_approval()
    {
        await WaitingAsync();
        await world.DeclareAsync("H", 1, new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 31));

        Assert.Single((await world.ClearAsync(1)).WaitsFor);
    }

    [Fact]
    public async Task What_nobody_has_answered_for_a_day_is_asked_anew()
    {
        var waiting = await WaitingAsync();
        var old = world.WaitingApprovals.Single();
        world.Wait(TimeSpan.FromHours(25));

        Assert.True(await world.ApplyAsync(waiting.Id));
        Assert.True(await world.ApplyAsync(waiting.Id));

        var again = Assert.Single(world.WaitingApprovals);
        Assert.NotEqual(old.Id, again.Id);
        Assert.Equal(again.Id, (await world.RecordAsync(waiting.Id)).Approval);
        await ApproveAsync("bob");
        Assert.True(await world.ApplyAsync(waiting.Id));
        Assert.Equal(ImportState.Done, (await world.RecordAsync(waiting.Id)).State);
    }

    [Fact]
    public async Task A_file_that_a_person_has_set_aside_is_not_approved_any_more()
    {
        var waiting = await WaitingAsync();
        await world.Aside.RunAsync(waiting.Id, world.Later("ann"), CancellationToken.None);

        await Assert.ThrowsAsync<RefusedException>(() => ApproveAsync("bob"));

        Assert.Equal(ImportState.SetAside, (await world.RecordAsync(waiting.Id)).State);
    }

    [Fact]
    public async Task The_same_file_again_is_asked_for_again()
    {
        var waiting = await WaitingAsync();
        await ApproveAsync("bob");
        await world.ApplyAsync(waiting.Id);
        await ApplyApprovedAsync([.. Known.Take(3)]);

        await world.AskAgainAsync(waiting.Id);
        Assert.True(await world.ApplyAsync(waiting.Id));

        var again = await world.RecordAsync(waiting.Id);
        Assert.Equal(
            (ImportState.WaitsForApproval, "operator"),
            (again.State, world.WaitingApprovals.Single().Asked.By)
        );
    }

    // The turn is taken, the file is put off, the turn is given back.
    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    public async Task A_run_that_dies_while_it_asks_finds_its_own_request_again(int write, bool before)
    {
        await world.ImportAsync(ImportKind.Accounts, Known);
        var sent = await world.SendAsync(ImportKind.Accounts, Three);
        var payments = await world.SendAsync(ImportKind.Payments, "P1,A1,50.00,cash,,2020-01-10,");
        (before ? (Action<int>)world.Fuse.BlowBefore : world.Fuse.BlowAfter)(write);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(sent));
        world.Fuse.Mend();

        Assert.True(await world.ApplyAsync(sent));

        Assert.Equal(world.WaitingApprovals.Single().Id, (await world.RecordAsync(sent)).Approval);
        Assert.Equal(ImportState.WaitsForApproval, (await world.RecordAsync(sent)).State);
        Assert.True(await world.ApplyAsync(payments));
    }

    [Fact]
    public async Task What_a_dead_run_has_approved_takes_its_turn_with_the_next_sweep()
    {
        var waiting = await WaitingAsync();
        var approval = world.WaitingApprovals.Single();
        await world.ChangeAsync(new ApprovalGiven(approval.Id, approval.Hash), "bob");

        await world.Agree.FinishAsync(CancellationToken.None);

        Assert.False(world.Controls.Approvals.Single().IsToDo);
        Assert.Equal(waiting.Id, world.Queue.Imports[^1].ImportId);
        Assert.True(await world.ApplyAsync(waiting.Id));
        Assert.Equal(ImportState.Done, (await world.RecordAsync(waiting.Id)).State);
    }

    private async Task<ImportRecord> WaitingAsync()
    {
        await world.ImportAsync(ImportKind.Accounts, Known);
        var waiting = await SendAsync(Three);
        Assert.Equal(ImportState.WaitsForApproval, waiting.State);
        return waiting;
    }

    private async Task ApplyApprovedAsync(string[] rows)
    {
        var sent = await SendAsync(rows);
        await ApproveAsync("bob");
        Assert.True(await world.ApplyAsync(sent.Id));
    }

    private Task<ImportRecord> SendAsync(params string[] rows) => world.ImportAsync(ImportKind.Accounts, rows);

    private Task<Controls> ApproveAsync(string by) => ApproveAsync(world.WaitingApprovals.Single(), by);

    private Task<Controls> ApproveAsync(Approval approval, string by) =>
        world.Approvals.ApproveAsync(
            new ApprovalGiven(approval.Id, approval.Hash),
            new ChangeRequest(world.Later(by)),
            CancellationToken.None
        );

    private static string Row(
        int number,
        int cycle = 1,
        string autopay = "on",
        string? customer = null,
        string? pm = null,
        string mandate = "",
        string cap = "",
        string email = ""
    ) =>
        $"A{number},{cycle},west,{autopay},{customer ?? $"cus_{number}"},{pm ?? $"pm_{number}"},"
        + $"{mandate},{cap},{email}";
}
