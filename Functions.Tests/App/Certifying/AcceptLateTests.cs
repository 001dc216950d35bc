using Autopay.Application.Certifying;
using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Tests.App.Application;
using Autopay.Tests.App.Finance;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Certifying;

/// <summary>Late receipts keep a plan from being approved until two people have looked at exactly these.</summary>
public sealed class AcceptLateTests
{
    private static readonly CycleNumber One = new(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_two_people_are_asked_it_waits_and_where_one_is_it_is_accepted()
    {
        var (two, store) = await OfAsync(Late());
        Assert.Equal("a", Assert.Single((await two.AskAsync("a", One, Ask(), Cancel)).Approvals).Id);
        Assert.Null(store.Controls.Current.BacklogOf(One).LateAccepted);

        var (one, _) = await OfAsync(Late(new Policies { SecondPerson = false }));
        var accepted = await one.AskAsync("a", One, Ask(), Cancel);
        Assert.Empty(accepted.Approvals);
        Assert.Equal("finance", accepted.BacklogOf(One).LateAccepted?.Accepted.By);
    }

    [Fact]
    public async Task Without_a_late_receipt_there_is_nothing_to_accept_and_nothing_keeps_a_release()
    {
        var (accept, _) = await OfAsync(Cleared(new Policies()));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => accept.PreviewAsync(One, Cancel));
        await accept.RefuseReleaseAsync(One, Cancel);

        Assert.StartsWith("There is nothing to accept", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_since_the_first_person_asked_is_not_accepted_with_it()
    {
        var account = Late();
        var (accept, store) = await OfAsync(account);
        await accept.AskAsync("a", One, Ask(), Cancel);
        await accept.RefuseChangedAsync("a", Cancel);
        await accept.RefuseChangedAsync("b", Cancel);

        account.On("2020-02-21", "09:00").WhenAPaymentIsPosted("P2", 500, received: "2020-02-19");
        await store.SaveAsync(account, []);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => accept.RefuseChangedAsync("a", Cancel));
        Assert.StartsWith(
            "What you were shown is not so any more: 2 payments wait now, of which you were shown 1.",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_taken_back_since_is_not_accepted_either()
    {
        var account = Late();
        var (accept, store) = await OfAsync(account);
        await accept.AskAsync("a", One, Ask(), Cancel);

        await store.SaveAsync(account.WhenAPaymentIsReversed("P1"), []);

        await Assert.ThrowsAsync<RefusedException>(() => accept.RefuseChangedAsync("a", Cancel));
    }

    [Fact]
    public async Task A_plan_is_not_approved_while_a_late_receipt_waits_and_names_the_first_of_them()
    {
        var account = Late();
        var terms = new ReleaseTerms("R-1", One, "h", 1, new Money(4_000))
        {
            StartAt = account.Now.Utc,
            ClearedAt = account.Controls.ClearedAt(One),
        };
        var (accept, _) = await OfAsync(account.Change(new ApprovalAsked("R-1", new CycleReleased(terms))));

        var refused = await Assert.ThrowsAsync<RefusedException>(() => accept.RefuseChangedAsync("R-1", Cancel));

        Assert.StartsWith(
            "Nothing is released: 1 payment, $10.00, came in after cycle 1 was cleared",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("Payment P1 of 10.00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_late_receipts_are_one_sum_through_the_last_of_them_in_whatever_order()
    {
        var account = Late().On("2020-02-21", "09:00").WhenAPaymentIsPosted("P2", 500, received: "2020-02-19");
        var items = account.Ledger.Work().Where(item => item.Late is not null).ToList();
        var receipts = LateReceipts.Of(items);

        Assert.Equal((2, 1_500, account.Now.Utc), (receipts.Count, receipts.Cents.Cents, receipts.Through));
        Assert.Equal(receipts.Hash, LateReceipts.Of([.. items.AsEnumerable().Reverse()]).Hash);
        Assert.False(new LateReceiptsAccepted(receipts, default).ConcernsAccounts);
        Assert.False(TotalsCounted.Of([]).ConcernsAccounts);
    }

    private static AccountScenario Late(Policies? policies = null) =>
        Cleared(policies ?? new Policies())
            .On("2020-02-20", "11:00")
            .WhenAPaymentIsPosted("P1", 1_000, received: "2020-02-19");

    private static AccountScenario Cleared(Policies policies) =>
        GivenAnAccount(policies: policies, releases: true)
            .WhenABillIsImported("jan", 5_000)
            .WhenFinanceHolds("jan")
            .On("2020-02-20", "10:00")
            .Change(new BacklogCleared([One], new Dictionary<string, DateOnly> { ["cash"] = Day("2020-02-19") }));

    private static ChangeRequest Ask() => new(new Authority("finance", "looked at", At("2020-02-20", "12:00").Utc));

    private static async Task<(AcceptLateReceipts Accept, StoredScenario Books)> OfAsync(AccountScenario account)
    {
        var books = await StoredScenario.OfAsync(account);
        var hints = new SendHints(new RecordingQueue(), new HintsUnderWay(), books.Clock, new());
        var change = new ChangeControls(books.Controls, hints, books.Clock);
        return (
            new AcceptLateReceipts(new FindLateReceipts(books.Ledgers, books.Controls), change, books.Controls),
            books
        );
    }
}
