using Autopay.Application.Finance;
using Autopay.Application.Ports.Files;
using Autopay.Rehearsal.World;
using Autopay.Tests.Fixtures.Ledger;
using Autopay.Tests.Rules.Domain;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Finance;

/// <summary>R42, R43: an answer is the same whether the debit has left the ledger's row or not.</summary>
public sealed class ArchivedProtectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // The customer paid late, while the city had halted everything: the debit was found paid on Feb 3.
    private static AccountScenario GivenPaidWhileHalted() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .On("2020-01-21")
            .WhenFinanceHalts()
            .On("2020-02-03", "05:00")
            .WhenAPaymentIsPosted("p", 5_000, "jan", received: "2020-02-03")
            .WhenFinanceResumes()
            .WhenTheRunComes("2020-02-03");

    // The bank's "no" was not the customer's: finance has to speak.
    private static AccountScenario GivenANoThatIsNotTheCustomers() =>
        GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .On("2020-01-28", "05:00")
            .TheBankSaysNo("R11");

    [Fact]
    public async Task R42_Paid_in_time_stays_paid_in_time_when_its_debit_is_archived()
    {
        var account = GivenPaidWhileHalted().ThenPenalty("jan", "2020-02-10", PenaltyVerdict.PaidInTime);
        var books = await ArchivedAsync(account);
        var register = new ScratchIdRegister();
        await register.ClaimAsync(IdKind.Bill, [new IdClaim("jan", account.Ledger.Id)], Cancel);

        var judge = new JudgeProtection(books.Ledgers, books.Controls, register, books.Clock);

        var answer = (await judge.PenaltyAsync(new BillId("jan"), Day("2021-07-10"), Cancel))!.Answer;
        Assert.Equal(PenaltyVerdict.PaidInTime, answer.Verdict);
    }

    [Fact]
    public async Task R43_The_list_of_the_shielded_says_what_the_answer_for_one_account_says()
    {
        var account = GivenANoThatIsNotTheCustomers();
        var books = await ArchivedAsync(account.Shielded("s", ["2021-07-10"]));

        var read = new ReadProtections(books.Ledgers, books.Controls, books.Clock);
        var listed = (await read.ShieldedAsync(Day("2021-07-10"), Cancel).ToListAsync(Cancel)).SelectMany(it => it);

        var judge = new JudgeProtection(books.Ledgers, books.Controls, new ScratchIdRegister(), books.Clock);
        var answer = (await judge.DisconnectAsync(account.Ledger.Id, Day("2021-07-10"), Cancel))!;
        Assert.Equal(CityActionKind.Finance, Assert.Single(answer.Overdue).City?.Kind);
        Assert.Equivalent(answer, Assert.Single(listed), strict: true);
    }

    // As the books are once its debits have left the row.
    private static async Task<StoredScenario> ArchivedAsync(AccountScenario account)
    {
        var stored = await StoredScenario.OfAsync(account);
        account.On("2021-07-10").WhenEvaluated();
        Assert.Single(account.LastEvents.OfType<ItemsArchived>());
        await stored.SaveAsync(account, account.LastEvents);
        return stored;
    }
}
