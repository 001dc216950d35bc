using static Autopay.Domain.Ledger.DebitState;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.Rules.Domain;

/// <summary>R37: what more codes of banks and cards do to the account.</summary>
public sealed class R37ReturnCodesTests
{
    [Theory]
    [InlineData("R14", SuspensionKind.Frozen)]
    [InlineData("R15", SuspensionKind.Frozen)]
    [InlineData("R31", SuspensionKind.PaymentMethod)]
    [InlineData("expired_card", SuspensionKind.PaymentMethod)]
    [InlineData("lost_card", SuspensionKind.PaymentMethod)]
    [InlineData("stolen_card", SuspensionKind.PaymentMethod)]
    [InlineData("authentication_required", SuspensionKind.PaymentMethod)]
    [InlineData("debit_not_authorized", SuspensionKind.PaymentMethod)]
    [InlineData("bank_account_unusable", SuspensionKind.PaymentMethod)]
    public void R37_They_freeze_or_suspend_it_and_end_the_debit(string code, SuspensionKind kind)
    {
        var account = GivenAnAccount()
            .WhenABillIsImported("jan", 5_000)
            .WhenTheRunComesFor("jan")
            .TheBankSaysNo(code)
            .ThenDebit(1, Uncollected, code);
        Assert.Equal(kind, account.Ledger.Suspension!.Kind);
        Assert.Equal(
            kind == SuspensionKind.Frozen,
            account.WhenTheAccountsFileSays(it => it with { PaymentMethod = "pm_2" }).Ledger.Suspension is not null
        );
    }

    [Theory]
    [InlineData("R14")]
    [InlineData("R15")]
    [InlineData("R31")]
    [InlineData("lost_card")]
    [InlineData("debit_not_authorized")]
    [InlineData("bank_account_unusable")]
    public void R37_A_person_reads_what_they_mean(string code) =>
        Assert.NotEqual(ReturnCodes.Meaning("no such code"), ReturnCodes.Meaning(code));

    [Fact]
    public void R37_What_the_provider_sent_to_no_bank_is_no_no_of_the_bank() =>
        Assert.Equal(
            (true, false),
            (ReturnCodes.IsNo("debit_not_authorized"), ReturnCodes.IsNo("bank_account_unusable"))
        );

    [Theory]
    [InlineData("R00", true)]
    [InlineData("R99", true)]
    [InlineData("R9", false)]
    [InlineData("R100", false)]
    [InlineData("R/1", false)]
    [InlineData("R:1", false)]
    [InlineData("R1/", false)]
    [InlineData("R1:", false)]
    [InlineData("r01", false)]
    [InlineData(null, false)]
    public void R37_A_return_is_an_R_and_two_digits(string? code, bool isReturn) =>
        Assert.Equal(isReturn, ReturnCodes.IsReturn(code));

    [Theory]
    [InlineData(ReturnFamily.Unauthorized, "R05", "R07", "R10", "R11", "R29", "R51", "fraudulent", "unrecognized")]
    [InlineData(ReturnFamily.Administrative, "R02", "R03", "R04")]
    [InlineData(null, "R01", "R08", "R09", "R14", "R15", "R16", "R20", "R31", "dispute")]
    public void R37_Each_code_counts_in_its_family(ReturnFamily? family, params string[] codes) =>
        Assert.All(codes, code => Assert.Equal(family, ReturnCodes.FamilyOf(code)));

    [Fact]
    public void R37_An_objection_without_a_code_of_the_network_counts_in_no_family() =>
        Assert.Equal(
            (false, (ReturnFamily?)null),
            (ReturnCodes.IsReturn("debit_not_authorized"), ReturnCodes.FamilyOf("debit_not_authorized"))
        );
}
