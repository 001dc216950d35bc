using Autopay.Application.Evaluating;
using Autopay.Application.Finance;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Application;
using Autopay.Tests.Fixtures.Ledger;
using Autopay.Tests.Rules.Domain;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>What is declared, answered and listed of protections, over stores in memory (R42, R43).</summary>
public sealed class ProtectionVerbsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static AccountScenario Overdue(string account = "10-0001") =>
        GivenAnAccount(account: account, autopay: false).WhenABillIsImported("jan", 5_000).On("2020-02-03");

    [Fact]
    public async Task Without_a_day_it_is_answered_for_today()
    {
        var judge = await JudgeAsync(Overdue().Shielded("s", ["2020-02-03"]));

        var penalty = (await judge.PenaltyAsync(new BillId("jan"), null, Cancel))!;
        Assert.Equal(
            (PenaltyVerdict.Assess, Day("2020-02-03"), new Money(5_000)),
            (penalty.Answer.Verdict, penalty.Answer.On, penalty.Answer.Open)
        );
        Assert.Empty(penalty.Charged);
        Assert.Equal(DisconnectVerdict.Shielded, (await judge.DisconnectAsync(penalty.Account, null, Cancel))!.Verdict);
        Assert.NotEqual(
            DisconnectVerdict.Shielded,
            (await judge.DisconnectAsync(penalty.Account, Day("2020-02-04"), Cancel))!.Verdict
        );
        Assert.Equal(
            PenaltyVerdict.NotYet,
            (await judge.PenaltyAsync(new BillId("jan"), Day("2020-01-29"), Cancel))!.Answer.Verdict
        );
    }

    [Fact]
    public async Task Of_a_bill_or_an_account_that_nobody_knows_nothing_is_answered()
    {
        var judge = await JudgeAsync(Overdue());

        Assert.Null(await judge.PenaltyAsync(new BillId("feb"), null, Cancel));
        Assert.Null(await judge.PenaltyAsync(new BillId("of-nobody"), null, Cancel));
        Assert.Null(await judge.PenaltyAsync(new BillId("gone"), null, Cancel));
        Assert.Null(await judge.DisconnectAsync(new AccountId("none"), null, Cancel));
    }

    [Fact]
    public async Task A_waived_bill_is_listed_once_with_its_waivers_and_what_was_charged_on_it()
    {
        var account = Overdue().Do(Charged("f1")).Waived("w", "2020-01-22").Waived("v", "2020-01-22");
        var books = await StoredScenario.OfAsync(account);
        await books.SaveAsync(GivenAnAccount(account: "10-0002").WhenABillIsImported("feb", 6_000), []);
        var read = new ReadProtections(books.Ledgers, books.Controls, books.Clock);

        var waived = Assert.Single(await AllAsync(read.WaivedAsync(Cancel)));

        Assert.Equal(
            ("10-0001", "jan", 5_000L, 5_000L),
            (waived.Account.Value, waived.Bill.Id.Value, waived.Charges.Cents, waived.Open.Cents)
        );
        Assert.Equal(["w", "v"], waived.Waivers.Select(waiver => waiver.Id));
        Assert.Equal(["f1"], waived.Charged.Select(penalty => penalty.Id));
    }

    [Fact]
    public async Task A_penalty_against_the_rules_is_listed_until_it_is_taken_back_and_then_the_proof_holds()
    {
        var account = Overdue().Waived("w", "2020-01-22").Do(Charged("f1"));
        var books = await StoredScenario.OfAsync(account);
        await books.SaveAsync(Overdue("10-0002"), []);
        var read = new ReadProtections(books.Ledgers, books.Controls, books.Clock);

        var wrong = Assert.Single(await AllAsync(read.ToReverseAsync(Cancel)));
        Assert.Equal(("10-0001", "f1"), (wrong.Account.Value, wrong.Penalty.Id));
        var report = await read.ProveAsync(Cancel);
        Assert.Equal(
            (2, 1, 1, 500L),
            (report.Proof.BillsInWindows, report.Proof.Penalised, report.Proof.ToReverse, report.Proof.ToReverseCents)
        );
        Assert.Equal(books.Clock.Now.Utc, report.AsOf);

        await books.SaveAsync(account.Do(Charged("f1", reversed: "2020-02-03")), []);
        Assert.Empty(await AllAsync(read.ToReverseAsync(Cancel)));
        Assert.Equal(
            (0, 0),
            ((await read.ProveAsync(Cancel)).Proof.Penalised, (await read.ProveAsync(Cancel)).Proof.ToReverse)
        );
    }

    [Fact]
    public async Task Shielded_are_listed_also_those_who_owe_nothing()
    {
        var account = Overdue().Shielded("s", ["2020-02-03"]);
        var books = await StoredScenario.OfAsync(account);
        await books.SaveAsync(GivenAnAccount(account: "10-0002", autopay: false), []);
        var read = new ReadProtections(books.Ledgers, books.Controls, books.Clock);

        var shielded = await AllAsync(read.ShieldedAsync(Day("2020-02-03"), Cancel));

        Assert.Equal(
            ["10-0001 1", "10-0002 0"],
            shielded.Select(answer => $"{answer.Account} {answer.Overdue.Count}").Order(StringComparer.Ordinal)
        );
        Assert.Empty(await AllAsync(read.ShieldedAsync(Day("2020-02-04"), Cancel)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(9, false)]
    public async Task A_cycle_is_known_by_its_name_or_by_its_accounts(int cycle, bool isKnown)
    {
        var books = await StoredScenario.OfAsync(Overdue());
        var declare = Declare(books, new CycleName(7, "Hill", "west"));
        var waived = new PenaltyWaived("w", Day("2020-01-22"), Day("2020-01-22"), Day("2020-01-22"), Day("2020-01-29"))
        {
            Cycles = [new(1), new(cycle)],
        };
        var shielded = new DisconnectShielded("s", [Day("2020-02-03")]) { Cycles = [new(cycle)] };

        if (isKnown)
        {
            await declare.WaiveAsync(waived, Ask(books), Cancel);
            await declare.ShieldAsync(shielded, Ask(books), Cancel);
            Assert.Equal((1, 1), (books.Controls.Current.Waivers.Count, books.Controls.Current.Shields.Count));
        }
        else
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() =>
                declare.WaiveAsync(waived, Ask(books), Cancel)
            );
            Assert.Equal("The city has no cycle 9.", refused.Message);
            await Assert.ThrowsAsync<RefusedException>(() => declare.ShieldAsync(shielded, Ask(books), Cancel));
        }
    }

    [Fact]
    public async Task Before_there_is_a_name_or_an_account_any_cycle_may_be_the_citys()
    {
        var books = new StoredScenario
        {
            Controls = new ScratchControlsStore(new Policies()),
            Clock = new(new VirtualClock(At("2020-02-03", "06:00").Utc), City),
        };

        await Declare(books).ShieldAsync(new("s", [Day("2020-02-03")]) { Cycles = [new(9)] }, Ask(books), Cancel);

        Assert.Single(books.Controls.Current.Shields);
        var named = new PenaltyWaived("w", Day("2020-01-22"), Day("2020-01-22"), Day("2020-01-22"), Day("2020-01-29"))
        {
            Cycles = [new(9)],
        };
        await Assert.ThrowsAsync<RefusedException>(() =>
            Declare(books, new CycleName(7, "Hill", "west")).WaiveAsync(named, Ask(books), Cancel)
        );
    }

    [Fact]
    public async Task A_shield_has_a_day_that_is_still_to_come()
    {
        var books = await StoredScenario.OfAsync(Overdue());
        var declare = Declare(books);

        var past = await Assert.ThrowsAsync<RefusedException>(() =>
            declare.ShieldAsync(new("p", [Day("2020-02-01"), Day("2020-02-02")]), Ask(books), Cancel)
        );
        var none = await Assert.ThrowsAsync<RefusedException>(() =>
            declare.ShieldAsync(new("n", []), Ask(books), Cancel)
        );
        await declare.ShieldAsync(new("s", [Day("2020-02-02"), Day("2020-02-03")]), Ask(books), Cancel);

        Assert.StartsWith("Every date of the shield is before today", past.Message, StringComparison.Ordinal);
        Assert.Equal("A shield needs at least one date.", none.Message);
        Assert.Equal("s", Assert.Single(books.Controls.Current.Shields).Id);
    }

    private static RecordPenalty Charged(string id, string? reversed = null) =>
        new(
            new ChargedPenalty(id, new BillId("jan"), new Money(500), Day("2020-01-30"))
            {
                ReversedOn = reversed is null ? null : Day(reversed),
            },
            At("2020-02-03", "06:00")
        );

    // The register knows a bill of no account that is stored, and one that has left its account.
    private static async Task<JudgeProtection> JudgeAsync(AccountScenario account)
    {
        var books = await StoredScenario.OfAsync(account);
        var register = new ScratchIdRegister();
        await register.ClaimAsync(
            IdKind.Bill,
            [
                new IdClaim("jan", account.Ledger.Id),
                new IdClaim("gone", account.Ledger.Id),
                new IdClaim("of-nobody", new AccountId("none")),
            ],
            Cancel
        );
        return new JudgeProtection(books.Ledgers, books.Controls, register, books.Clock);
    }

    private static DeclareProtection Declare(StoredScenario books, params CycleName[] names) =>
        new(
            new ChangeControls(
                books.Controls,
                new SendHints(new RecordingQueue(), new HintsUnderWay(), books.Clock, new()),
                books.Clock
            ),
            new CountCycles(books.Ledgers, new NothingKept(), books.Clock),
            names,
            books.Clock
        );

    private static ChangeRequest Ask(StoredScenario books) => new(books.Clock.Authority("finance", "An outage"));

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages) =>
        [.. (await pages.ToListAsync(Cancel)).SelectMany(page => page)];
}
