using Autopay.Application.Importing;
using Autopay.Application.Ledgers;
using Autopay.Application.Ports.Files;
using Autopay.Imports;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Imports;

namespace Autopay.Tests.App.Importing;

/// <summary>An id is whose bill or payment it is, whatever files have named it before (R29, R30).</summary>
public sealed class ClaimedIdsTests
{
    private readonly ImportWorld world = new();

    [Fact]
    public async Task R29_Conflicts_of_several_buckets_all_wait_for_a_person_and_are_kept_with_the_import()
    {
        var others = OfTwoBuckets();
        await GivenAccountsAsync(["A1", .. others]);
        await world.ImportAsync(ImportKind.Payments, Payment("P1", "A1"), Payment("P2", "A1"));

        var record = await world.ImportAsync(ImportKind.Payments, Payment("P1", others[0]), Payment("P2", others[1]));

        Assert.Equal((0, 2), (record.Applied, record.Conflicts));
        var findings = await world.FindingsAsync(record);
        Assert.Equal(
            [
                "the same payment P1 is of account A1: not taken, a person decides",
                "the same payment P2 is of account A1: not taken, a person decides",
            ],
            findings.Select(finding => finding.Message).Order(StringComparer.Ordinal)
        );
        Assert.All(findings, finding => Assert.True(finding.ToAct));
        Assert.Equal(record.Id, Assert.Single(world.Ledger(others[0]).Work()).Import);
    }

    [Fact]
    public async Task R29_A_payment_that_left_the_ledger_long_ago_is_still_its_accounts()
    {
        await GivenAccountsAsync(["A1", "A2"]);
        await world.ImportAsync(ImportKind.Payments, Payment("P1", "A1"));
        await world.ForgetAsync("A1", new PaymentId("P1"));

        var record = await world.ImportAsync(ImportKind.Payments, Payment("P1", "A2"));

        Assert.Equal((0, 1), (record.Applied, record.Conflicts));
    }

    [Fact]
    public async Task R29_Money_that_bounced_in_suspense_keeps_its_id_from_nobody()
    {
        await GivenAccountsAsync(["A1"]);
        await world.ImportAsync(ImportKind.Payments, Payment("P1", "A9"));
        await world.ImportAsync(ImportKind.PaymentReversals, "P1,A9,bounced");

        var record = await world.ImportAsync(ImportKind.Payments, Payment("P1", "A1"));

        Assert.Equal((1, 0), (record.Applied, record.Conflicts));
    }

    [Fact]
    public async Task R29_A_moved_payment_that_comes_again_for_its_first_account_as_it_was_is_known()
    {
        await GivenAMovedPaymentAsync();

        var record = await world.ImportAsync(ImportKind.Payments, "", Payment("P1", "A1"));

        Assert.Equal((0, 1, 0), (record.Applied, record.Known, record.Conflicts));
    }

    [Fact]
    public async Task R29_A_moved_payment_bounces_where_it_is_though_its_first_account_has_paid_otherwise_too()
    {
        await GivenAMovedPaymentAsync();
        await world.ImportAsync(ImportKind.Payments, Payment("P2", "A1"));

        var record = await world.ImportAsync(ImportKind.PaymentReversals, "P1,A1,bounced");

        Assert.Equal((1, 2_000, 0), (record.Applied, Credit("A1"), Credit("A2")));
    }

    [Theory]
    [InlineData(ImportKind.Payments, "Payment P1 is of account A1: reverse it there first, or discard the row.")]
    [InlineData(ImportKind.Bills, "Bill P1 is of account A1: adjust it to zero there first, or discard the row.")]
    public async Task R29_A_row_that_a_person_wants_elsewhere_says_what_must_be_done_where_it_is(
        ImportKind kind,
        string says
    )
    {
        await GivenAccountsAsync(["A1", "A2"]);
        await world.ImportAsync(kind, Good(kind, "A1"));
        var row = await WaitingAsync(kind);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => ApplyAsync(row));

        Assert.Equal(says, refusal.Message);
    }

    [Fact]
    public async Task R29_A_payment_row_is_not_applied_while_its_money_is_in_suspense_under_another_number()
    {
        await GivenAccountsAsync(["A2"]);
        await world.ImportAsync(ImportKind.Payments, Payment("P1", "A8"));
        var row = await WaitingAsync(ImportKind.Payments);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => ApplyAsync(row));

        Assert.StartsWith(
            "Payment P1 came for account A8 and is or was in suspense",
            refusal.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(world.Ledger("A2").Funds);
    }

    // It is the second account's from then on: what comes for a third one is a conflict with that.
    [Theory]
    [InlineData(ImportKind.Payments, ImportKind.PaymentReversals, "P1,A1,bounced")]
    [InlineData(ImportKind.Bills, ImportKind.BillAdjustments, "J1,A1,P1,-50.00,keyed to the wrong account")]
    public async Task R29_What_a_person_has_applied_elsewhere_is_that_accounts_for_every_later_file(
        ImportKind kind,
        ImportKind undone,
        string undoing
    )
    {
        await GivenAccountsAsync(["A1", "A2", "A3"]);
        await world.ImportAsync(kind, Good(kind, "A1"));
        var row = await WaitingAsync(kind);
        await world.ImportAsync(undone, undoing);
        await ApplyAsync(row);

        var record = await world.ImportAsync(kind, Good(kind, "A3"));

        Assert.Equal((0, 1), (record.Applied, record.Conflicts));
        Assert.Contains("is of account A2", Assert.Single(record.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R30_The_name_of_an_account_that_was_never_opened_goes_to_the_one_that_is()
    {
        var broken = await world.SendAsync(ImportKind.Accounts, "12,1,west,on,cus_1,pm_1,,,");
        world.Fuse.BlowBefore(3);
        await Assert.ThrowsAsync<KilledException>(() => world.ApplyAsync(broken));
        world.Fuse.Mend();
        await world.Aside.RunAsync(broken, Finance, CancellationToken.None);

        var opened = await world.ImportAsync(ImportKind.Accounts, "0012,1,west,on,cus_1,pm_1,,,");
        var later = await world.ImportAsync(ImportKind.Accounts, "12,1,west,on,cus_1,pm_2,,,");

        Assert.Equal((1, 0), (opened.Applied, opened.SetAside));
        Assert.Equal((0, 1), (later.Applied, later.SetAside));
        Assert.Contains("resembles 0012", Assert.Single(later.Findings).Message, StringComparison.Ordinal);
    }

    private static Authority Finance => new("finance", "looked at it", default);

    private static string Payment(string id, string account) => $"{id},{account},20.00,cash,,2020-01-10,";

    private static string Good(ImportKind kind, string account) =>
        kind == ImportKind.Payments
            ? Payment("P1", account)
            : $"P1,{account},1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,50.00";

    private static string[] OfTwoBuckets()
    {
        var ids = Enumerable.Range(2, 50).Select(number => $"A{number}").ToList();
        return [ids[0], ids.First(id => Bucket.Of(new AccountId(id)) != Bucket.Of(new AccountId(ids[0])))];
    }

    private long Credit(string account) => world.Ledger(account).Credit.Cents;

    private Task<AccountResult?> ApplyAsync(WaitingRow row) =>
        world.DecideRow.ApplyAsync(row.Id, new AccountId("A2"), Finance, CancellationToken.None);

    // A payment of nobody's that another one has; a bill that can be read and contradicts the rules.
    private async Task<WaitingRow> WaitingAsync(ImportKind kind)
    {
        var row =
            kind == ImportKind.Payments
                ? Payment("P1", "A9")
                : "P1,A2,1,2020-01-08,2020-01-22,2020-01-29,50.00,0.00,55.00";
        var receipt = await world.ReceiveAsync(kind, Csv.File(kind, row), new ImportOptions { SetsAside = true });
        Assert.True(await world.ApplyAsync(receipt.Import!.Id));
        return world.Waiting.Open.Single();
    }

    private async Task GivenAMovedPaymentAsync()
    {
        await GivenAccountsAsync(["A1", "A2"]);
        await world.ImportAsync(ImportKind.Payments, Payment("P1", "A1"));
        await world.ImportAsync(ImportKind.Payments, Payment("P1", "A2"));
        await world.Decide.TakeAsync(new AccountId("A2"), CorrectedItem.Payment, "P1", Finance, CancellationToken.None);
        Assert.Equal((0, 2_000), (Credit("A1"), Credit("A2")));
    }

    private Task<ImportRecord> GivenAccountsAsync(string[] accounts) =>
        world.ImportAsync(ImportKind.Accounts, [.. accounts.Select(id => $"{id},1,west,on,cus_{id},pm_{id},,,")]);
}
